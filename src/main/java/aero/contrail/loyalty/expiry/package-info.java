/** When points expire, and how they come back. */
@NullMarked
package aero.contrail.loyalty.expiry;

import org.jspecify.annotations.NullMarked;
