package aero.contrail.loyalty;

import aero.contrail.events.LoyaltyEvent.MemberEnrolled;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.MemberChannels.Acquaintance;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes people into the programme, within the caller's transaction. */
@Component
class Enrolment {

  private final Members members;
  private final MemberChannels channels;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Enrolment(
      Members members, MemberChannels channels, ApplicationEventPublisher events, Clock clock) {
    this.members = members;
    this.channels = channels;
    this.events = events;
    this.clock = clock;
  }

  /** Somebody new; the channel may see the member from now on. */
  Member enrol(String channel, String givenName, String familyName, @Nullable String email) {
    return enrol(
        channel,
        new Member(
            Member.numberOf(members.nextSerial()),
            givenName,
            familyName,
            email,
            Member.Tier.BASE,
            clock.instant()));
  }

  /** The channel may see the member from now on. */
  void meet(String channel, MemberNumber member) {
    channels.add(List.of(new Acquaintance(member, channel)));
  }

  Member enrol(String channel, Member member) {
    members.save(member);
    meet(channel, member.number());
    events.publishEvent(new MemberEnrolled(member.number(), member.enrolledAt()));
    return member;
  }
}
