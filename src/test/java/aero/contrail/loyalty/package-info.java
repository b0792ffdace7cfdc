@NullMarked
package aero.contrail.loyalty;

import org.jspecify.annotations.NullMarked;
