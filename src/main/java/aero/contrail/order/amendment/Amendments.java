package aero.contrail.order.amendment;

import aero.contrail.events.OrderEvent.SplitRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is to become of an order beside what it is, or was to.
 *
 * @param changes that the customer wanted
 * @param sales of services beside the flights
 * @param split null unless some of its passengers are about to have an order of their own
 */
public record Amendments(
    List<AirlineChange> airlineChanges,
    List<VoluntaryChange> changes,
    ServiceSales sales,
    @Nullable SplitRequested split) {

  public static final Amendments NONE =
      new Amendments(List.of(), List.of(), ServiceSales.NONE, null);

  public Amendments {
    airlineChanges = List.copyOf(airlineChanges);
    changes = List.copyOf(changes);
  }

  public Amendments withAirlineChanges(List<AirlineChange> changed) {
    return new Amendments(changed, changes, sales, split);
  }

  public Amendments withChanges(List<VoluntaryChange> changed) {
    return new Amendments(airlineChanges, changed, sales, split);
  }

  public Amendments with(ServiceSales changed) {
    return new Amendments(airlineChanges, changes, changed, split);
  }

  public Amendments with(SplitRequested requested) {
    return new Amendments(airlineChanges, changes, sales, requested);
  }
}
