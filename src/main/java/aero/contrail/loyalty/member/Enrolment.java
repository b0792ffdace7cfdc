package aero.contrail.loyalty.member;

import aero.contrail.events.LoyaltyEvent.MemberEnrolled;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.Ledger;
import aero.contrail.loyalty.member.MemberChannels.Acquaintance;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes people into the programme, within the caller's transaction. */
@Component
public class Enrolment {

  private final Members members;
  private final Ledger ledger;
  private final MemberChannels channels;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Enrolment(
      Members members,
      Ledger ledger,
      MemberChannels channels,
      ApplicationEventPublisher events,
      Clock clock) {
    this.members = members;
    this.ledger = ledger;
    this.channels = channels;
    this.events = events;
    this.clock = clock;
  }

  /** Somebody new; the channel may see the member from now on. */
  Member enrol(String channel, String givenName, String familyName, @Nullable String email) {
    var number = Member.anyNumber();
    while (!ledger.open(number)) {
      number = Member.anyNumber();
    }
    return welcome(channel, new Member(number, givenName, familyName, email, clock.instant()));
  }

  /** The channel may see the member, and spend his points, from now on. */
  public void meet(String channel, MemberNumber member) {
    channels.enrolled(new Acquaintance(member, channel));
  }

  /** Somebody whose number is chosen already. */
  public Member enrol(String channel, Member member) {
    ledger.open(member.number());
    return welcome(channel, member);
  }

  private Member welcome(String channel, Member member) {
    members.save(member);
    meet(channel, member.number());
    events.publishEvent(new MemberEnrolled(member.number(), member.enrolledAt()));
    return member;
  }
}
