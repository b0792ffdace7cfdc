@NullMarked
package aero.contrail.order.revenue;

import org.jspecify.annotations.NullMarked;
