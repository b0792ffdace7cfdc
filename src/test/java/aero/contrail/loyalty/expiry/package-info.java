/** Tests of loyalty: expiry. */
@NullMarked
package aero.contrail.loyalty.expiry;

import org.jspecify.annotations.NullMarked;
