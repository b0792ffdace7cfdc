/** Reads events of orders as they were recorded by earlier releases. */
@NullMarked
package aero.contrail.order.versions;

import org.jspecify.annotations.NullMarked;
