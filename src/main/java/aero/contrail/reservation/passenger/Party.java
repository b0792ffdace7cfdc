package aero.contrail.reservation.passenger;

import aero.contrail.events.MemberNumber;
import aero.contrail.events.PassengerId;
import aero.contrail.events.PassengerType;
import aero.contrail.events.Traveller;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who travels together on an order, in the order's own sequence. */
public record Party(List<Member> members) {

  /**
   * One of them.
   *
   * @param number as a frequent flyer; null for none
   */
  public record Member(PassengerId id, PassengerType type, @Nullable MemberNumber number) {

    /** As it is stored: P1 ADULT 4000000010, or without a number. */
    private String text() {
      return id + " " + type + (number == null ? "" : " " + number);
    }
  }

  public Party {
    members = List.copyOf(members);
  }

  public static Party of(Collection<Traveller> travellers) {
    return new Party(
        travellers.stream().map(t -> new Member(t.id(), t.type(), t.member())).toList());
  }

  /** The opposite of {@link #text}; nobody where nobody was recorded. */
  public static Party ofText(String text) {
    return new Party(
        text.isEmpty()
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(Party::member).toList());
  }

  private static Member member(String text) {
    var parts = text.split(" ", -1);
    return new Member(
        new PassengerId(parts[0]),
        PassengerType.valueOf(parts[1]),
        parts.length > 2 ? new MemberNumber(parts[2]) : null);
  }

  /** As it is stored: P1 ADULT 4000000010,P2 INFANT. */
  public String text() {
    return members.stream().map(Member::text).collect(Collectors.joining(","));
  }

  /** Those who stay when some leave. */
  public Party without(Collection<PassengerId> leaving) {
    return new Party(members.stream().filter(m -> !leaving.contains(m.id())).toList());
  }

  /** Those who leave. */
  public Party only(Collection<PassengerId> some) {
    return new Party(members.stream().filter(m -> some.contains(m.id())).toList());
  }

  /** Both together, each once. */
  public Party with(Party others) {
    var mine = ids();
    return new Party(
        Stream.concat(members.stream(), others.members.stream().filter(m -> !mine.contains(m.id())))
            .toList());
  }

  /** Their numbers within the order. */
  public List<PassengerId> ids() {
    return members.stream().map(Member::id).toList();
  }

  /** How many seats they need on each flight. */
  public int seats() {
    return (int) members.stream().filter(member -> member.type().takesSeat()).count();
  }
}
