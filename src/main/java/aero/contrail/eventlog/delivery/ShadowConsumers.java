package aero.contrail.eventlog.delivery;

import aero.contrail.eventlog.handlers.EventConsumer;
import java.util.List;

/** Consumers that fill second copies of read models; they have cursors only while they do. */
public interface ShadowConsumers {

  /** One for each of the live consumers that has a read model. */
  List<EventConsumer> shadowsOf(List<EventConsumer> live);

  /** A shadow has handled everything that could be read. */
  void caughtUp(EventConsumer shadow);
}
