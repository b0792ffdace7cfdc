/** What flies when, with what: dated legs, the rules for rows, airports and cabin layouts. */
@NullMarked
package aero.contrail.reservation.schedule;

import org.jspecify.annotations.NullMarked;
