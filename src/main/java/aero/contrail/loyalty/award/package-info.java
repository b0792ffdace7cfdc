/**
 * Points that pay for flights: what those cost, and what is held, spent and given back for them.
 */
@NullMarked
package aero.contrail.loyalty.award;

import org.jspecify.annotations.NullMarked;
