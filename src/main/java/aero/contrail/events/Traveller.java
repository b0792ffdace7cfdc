package aero.contrail.events;

import org.jspecify.annotations.Nullable;

/** A passenger as the published language knows one: no name, no birth date. */
public record Traveller(PassengerId id, PassengerType type, @Nullable MemberNumber member) {}
