/** Writes events and reads them back: the table, its types, and what a transaction published. */
@NullMarked
package aero.contrail.eventlog.store;

import org.jspecify.annotations.NullMarked;
