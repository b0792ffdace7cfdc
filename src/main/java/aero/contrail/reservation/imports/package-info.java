/** Files that come in: queued, read within bounds, written chunk by chunk. */
@NullMarked
package aero.contrail.reservation.imports;

import org.jspecify.annotations.NullMarked;
