package aero.contrail.loyalty.member;

import aero.contrail.events.MemberNumber;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.security.Caller;
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

  /** Whether there is such a member. */
  public boolean exists(MemberNumber number) {
    return members.existsById(number);
  }
}
