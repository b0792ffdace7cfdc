/** Points that people move: the staff, and members among each other. */
@NullMarked
package aero.contrail.loyalty.adjustment;

import org.jspecify.annotations.NullMarked;
