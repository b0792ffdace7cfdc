@NullMarked
package aero.contrail.order.boarding;

import org.jspecify.annotations.NullMarked;
