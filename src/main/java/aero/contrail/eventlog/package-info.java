/**
 * The event publication log: one append-only table that is both the event store of the orders and
 * the only way by which contexts hear of each other. Publish with Spring's {@code
 * ApplicationEventPublisher} inside a transaction, or append to a stream with an expected version
 * through {@link aero.contrail.eventlog.EventLog}; consume with {@link
 * aero.contrail.eventlog.EventHandler}.
 *
 * <p>Inside: {@code store} writes and reads events, {@code handlers} finds who takes them, {@code
 * delivery} brings them there, {@code operations} is what people see and decide. Each depends on
 * those before it; {@code tracing} stands beside them.
 */
@ApplicationModule(
    displayName = "Event log",
    allowedDependencies = {"database", "events"})
@NullMarked
package aero.contrail.eventlog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
