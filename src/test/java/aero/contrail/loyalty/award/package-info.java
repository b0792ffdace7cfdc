/** Tests of loyalty: award. */
@NullMarked
package aero.contrail.loyalty.award;

import org.jspecify.annotations.NullMarked;
