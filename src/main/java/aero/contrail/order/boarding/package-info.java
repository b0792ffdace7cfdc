/** Boarding passes: what machines and people at the gate read. */
@NullMarked
package aero.contrail.order.boarding;

import org.jspecify.annotations.NullMarked;
