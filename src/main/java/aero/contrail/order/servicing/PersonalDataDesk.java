package aero.contrail.order.servicing;

import aero.contrail.events.OrderId;
import aero.contrail.events.PassengerId;
import aero.contrail.order.OrderDesk;
import aero.contrail.order.Orders;
import aero.contrail.order.model.OrderCommand;
import aero.contrail.order.person.PersonalData;
import aero.contrail.order.person.PersonalData.Contact;
import aero.contrail.order.person.PersonalData.People;
import aero.contrail.order.person.SpellingRules;
import aero.contrail.web.problem.Problem;
import aero.contrail.web.problem.ProblemCode;
import aero.contrail.web.security.Caller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Corrects and erases personal data. Needs the caller's transaction. */
@Component
class PersonalDataDesk {

  private final Orders orders;
  private final OrderCommands commands;
  private final PersonalData people;
  private final Clock clock;

  PersonalDataDesk(Orders orders, OrderCommands commands, PersonalData people, Clock clock) {
    this.orders = orders;
    this.commands = commands;
    this.people = people;
    this.clock = clock;
  }

  /** How a passenger's name is spelled. */
  record NewName(PassengerId passenger, String givenName, String familyName) {}

  /** What is to be otherwise; null stays. */
  record Correction(
      List<NewName> names,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String externalReference) {

    Correction {
      names = List.copyOf(names);
    }

    private boolean isOfContact() {
      return email != null || phone != null;
    }

    private Contact contact(Contact before) {
      return new Contact(
          email == null ? before.email() : email, phone == null ? before.phone() : phone);
    }
  }

  /**
   * Corrects what is known of the people of an order, which the caller has locked.
   *
   * @throws Problem when it would be somebody else, nothing is to be corrected, or it cannot be now
   */
  void correct(OrderId order, Correction correction) {
    if (correction.names().isEmpty()
        && !correction.isOfContact()
        && correction.externalReference() == null) {
      throw Problem.invalid("", "nothing_to_change", "Say what is to be otherwise.");
    }
    var known = people.find(List.of(order)).get(order);
    if (known == null) {
      throw new Problem(ProblemCode.ILLEGAL_STATE, "Its personal data was erased.");
    }
    var corrected = corrected(known, correction);
    commands.decide(
        order,
        new OrderCommand.CorrectDetails(
            correction.names().stream().map(NewName::passenger).toList(),
            correction.isOfContact(),
            correction.externalReference() != null,
            clock.instant()));
    people.correct(order, corrected);
    if (correction.externalReference() != null) {
      people.refer(order, correction.externalReference());
    }
  }

  private static People corrected(People known, Correction correction) {
    var named = new ArrayList<>(known.passengers());
    var sold = new ArrayList<>(known.sold());
    for (var i = 0; i < correction.names().size(); i++) {
      var name = correction.names().get(i);
      var pointer = "/passengers/" + i;
      var before = known.passenger(name.passenger());
      if (before == null) {
        throw Problem.invalid(
            pointer + "/id", "unknown_passenger", "The order has no such passenger.");
      }
      var place = named.indexOf(before);
      if (place < 0) {
        throw Problem.invalid(pointer + "/id", "duplicate", "A passenger is named twice.");
      }
      var after = before.named(name.givenName(), name.familyName());
      if (!SpellingRules.isSpelling(known.asSold(before), after)) {
        throw Problem.invalid(
            pointer,
            "another_person",
            "That is more than another spelling: a ticket is not transferable. Cancel it, and"
                + " sell a new one.");
      }
      named.set(place, after);
      if (known.asSold(before).equals(before) && !after.equals(before)) {
        sold.add(before);
      }
    }
    return new People(named, correction.contact(known.contact()), sold);
  }

  /**
   * Forgets whose an order was; it may have been forgotten before.
   *
   * @throws Problem when there is no such order, or its names are still needed
   */
  void erase(OrderId order, Caller caller) {
    var _ = OrderDesk.require(orders.lock(order), order, caller);
    if (people.find(List.of(order)).isEmpty()) {
      return;
    }
    commands.decide(order, new OrderCommand.ErasePersonalData(clock.instant()));
    people.erase(order);
  }
}
