/**
 * What an order is, and its rules: pure functions, no clock, no I/O. Reads top to bottom: {@code
 * OrderCommand} (what may be asked), {@code OrderDecider} (what follows from it), {@code
 * OrderState} (what has become of it).
 */
@NullMarked
package aero.contrail.order.model;

import org.jspecify.annotations.NullMarked;
