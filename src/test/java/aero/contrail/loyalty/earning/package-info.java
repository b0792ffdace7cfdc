@NullMarked
package aero.contrail.loyalty.earning;

import org.jspecify.annotations.NullMarked;
