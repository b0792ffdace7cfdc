@NullMarked
package aero.contrail.order.model;

import org.jspecify.annotations.NullMarked;
