package aero.contrail.loyalty.member;

import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.member.MemberChannels.Acquaintance;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import java.util.List;
import org.springframework.stereotype.Component;

/** Members as callers may see them. */
@Component
public class MemberFinder {

  private final Members members;
  private final MemberChannels channels;

  MemberFinder(Members members, MemberChannels channels) {
    this.members = members;
    this.channels = channels;
  }

  /**
   * Whom the caller's channel enrolled or sold to; staff find all.
   *
   * @throws Problem when there is nobody of the number whom the caller may see: both answer alike
   */
  public Member require(String number, Caller caller) {
    if (!MemberNumber.isValid(number)) {
      throw Problem.notFound("member", number);
    }
    return members
        .findById(new MemberNumber(number))
        .filter(m -> caller.staff() || channels.knows(caller.channel(), m.number()))
        .orElseThrow(() -> Problem.notFound("member", number));
  }

  /**
   * Whose points the caller may move: those of whom his channel enrolled; staff move all.
   *
   * @throws Problem as {@link #require}; and when the channel has but sold to him
   */
  public Member requireOwn(String number, Caller caller) {
    var member = require(number, caller);
    var own = new Acquaintance(member.number(), caller.channel());
    if (!caller.staff() && channels.enrolling(List.of(own)).isEmpty()) {
      throw new Problem(
          ProblemCode.FORBIDDEN, "Only the channel that enrolled a member moves his points.");
    }
    return member;
  }
}
