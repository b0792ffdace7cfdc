package aero.contrail.loyalty;

import aero.contrail.events.LoyaltyEvent.MemberEnrolled;
import aero.contrail.events.MemberNumber;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Takes people into the programme, within the caller's transaction. */
@Component
class Enrolment {

  private final Members members;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Enrolment(Members members, ApplicationEventPublisher events, Clock clock) {
    this.members = members;
    this.events = events;
    this.clock = clock;
  }

  Member enrol(String givenName, String familyName, @Nullable String email) {
    return enrol(Member.numberOf(members.nextSerial()), givenName, familyName, email);
  }

  Member enrol(MemberNumber number, String givenName, String familyName, @Nullable String email) {
    var now = clock.instant();
    var member =
        members.save(new Member(number, givenName, familyName, email, Member.Tier.BASE, now));
    events.publishEvent(new MemberEnrolled(number, now));
    return member;
  }
}
