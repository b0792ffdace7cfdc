/**
 * Brings events to their handlers: consumers, their cursors, lanes, wake-ups, and what becomes of
 * failures.
 */
@NullMarked
package aero.contrail.eventlog.delivery;

import org.jspecify.annotations.NullMarked;
