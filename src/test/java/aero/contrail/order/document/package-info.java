@NullMarked
package aero.contrail.order.document;

import org.jspecify.annotations.NullMarked;
