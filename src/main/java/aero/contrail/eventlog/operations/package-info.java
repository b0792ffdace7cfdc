/**
 * What people see of the log and decide about it: backlog, health, metrics, rebuilds, parked
 * streams.
 */
@NullMarked
package aero.contrail.eventlog.operations;

import org.jspecify.annotations.NullMarked;
