package aero.contrail.shopping.index;

import aero.contrail.eventlog.EventHandler;
import aero.contrail.events.FlightId;
import aero.contrail.events.LoyaltyEvent.AwardChartFiled;
import aero.contrail.events.LoyaltyEvent.EarningRatesFiled;
import aero.contrail.events.ReservationEvent.AvailabilityChanged;
import aero.contrail.events.ReservationEvent.EquipmentChanged;
import aero.contrail.events.ReservationEvent.FlightCancelled;
import aero.contrail.events.ReservationEvent.FlightDeparted;
import aero.contrail.events.ReservationEvent.FlightRetimed;
import aero.contrail.events.ReservationEvent.FlightScheduled;
import aero.contrail.events.ReservationEvent.SalesClosed;
import aero.contrail.events.ReservationEvent.SalesOpened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Keeps the index of what can be sold: a copy of facts, safe to be told twice. */
@Component
class ProductIndexer {

  static final String CONSUMER = "shopping.index";

  private final FlightIndex index;
  private final EarningRates rates;
  private final AwardCharts charts;

  ProductIndexer(FlightIndex index, EarningRates rates, AwardCharts charts) {
    this.index = index;
    this.rates = rates;
    this.charts = charts;
  }

  @EventHandler(CONSUMER)
  void onScheduled(List<FlightScheduled> batch) {
    var flights = new LinkedHashMap<FlightId, FlightScheduled>();
    batch.forEach(scheduled -> flights.put(scheduled.flight(), scheduled));
    index.save(flights.values());
  }

  @EventHandler(CONSUMER)
  void onAvailabilityChanged(List<AvailabilityChanged> batch) {
    // Within a batch the last word on a cabin counts: one row is written once.
    var latest = new LinkedHashMap<FlightId, Map<String, FlightIndex.Classes>>();
    for (var change : batch) {
      latest
          .computeIfAbsent(change.flight(), _ -> new LinkedHashMap<>())
          .putAll(FlightIndex.classes(change.cabins()));
    }
    index.setCabins(latest);
  }

  @EventHandler(CONSUMER)
  void on(FlightRetimed retimed) {
    index.retime(retimed.flight(), retimed.leg());
  }

  @EventHandler(CONSUMER)
  void on(EquipmentChanged change) {
    index.reEquip(change.flight(), change.aircraft(), change.cabins());
  }

  @EventHandler(CONSUMER)
  void on(SalesClosed closed) {
    index.withdraw(List.of(closed.flight()));
  }

  @EventHandler(CONSUMER)
  void on(SalesOpened opened) {
    index.offer(List.of(opened.flight()));
  }

  @EventHandler(CONSUMER)
  void on(FlightCancelled cancelled) {
    index.withdraw(List.of(cancelled.flight()));
  }

  @EventHandler(CONSUMER)
  void on(FlightDeparted departed) {
    index.withdraw(List.of(departed.flight()));
  }

  @EventHandler(CONSUMER)
  void on(EarningRatesFiled filed) {
    rates.save(filed);
  }

  @EventHandler(CONSUMER)
  void on(AwardChartFiled filed) {
    charts.save(filed);
  }
}
