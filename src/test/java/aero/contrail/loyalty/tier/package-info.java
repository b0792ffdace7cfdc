@NullMarked
package aero.contrail.loyalty.tier;

import org.jspecify.annotations.NullMarked;
