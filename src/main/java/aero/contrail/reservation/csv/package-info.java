/** CSV files as people send them: bounded, and with the line in which something is wrong. */
@NullMarked
package aero.contrail.reservation.csv;

import org.jspecify.annotations.NullMarked;
