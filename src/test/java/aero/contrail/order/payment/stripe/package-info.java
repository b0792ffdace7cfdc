@NullMarked
package aero.contrail.order.payment.stripe;

import org.jspecify.annotations.NullMarked;
