package aero.contrail.reservation.operations;

import aero.contrail.events.FlightId;
import org.springframework.beans.factory.BeanFactory;

/** What people of operations do, for tests of other subjects. */
public final class Operators {

  private Operators() {}

  /** Cancels a flight within the caller's transaction. */
  public static void cancel(BeanFactory application, FlightId flight) {
    var _ = application.getBean(FlightOperations.class).cancel(flight);
  }
}
