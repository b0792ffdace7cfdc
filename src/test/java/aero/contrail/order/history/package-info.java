@NullMarked
package aero.contrail.order.history;

import org.jspecify.annotations.NullMarked;
