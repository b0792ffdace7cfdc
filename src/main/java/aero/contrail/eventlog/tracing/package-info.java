/** Carries traces over the log, where there is a tracer. */
@NullMarked
package aero.contrail.eventlog.tracing;

import org.jspecify.annotations.NullMarked;
