@NullMarked
package aero.contrail.eventlog.tracing;

import org.jspecify.annotations.NullMarked;
