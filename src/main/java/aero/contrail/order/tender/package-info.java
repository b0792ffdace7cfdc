/** What becomes of points that are to pay for orders. */
@NullMarked
package aero.contrail.order.tender;

import org.jspecify.annotations.NullMarked;
