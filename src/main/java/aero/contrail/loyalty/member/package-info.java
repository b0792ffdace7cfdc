/** Who is in the programme, and which channels know whom. */
@NullMarked
package aero.contrail.loyalty.member;

import org.jspecify.annotations.NullMarked;
