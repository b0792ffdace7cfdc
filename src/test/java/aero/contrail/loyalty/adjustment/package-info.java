/** Tests of points that people move. */
@NullMarked
package aero.contrail.loyalty.adjustment;

import org.jspecify.annotations.NullMarked;
