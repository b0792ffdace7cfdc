/** Who the people of an order are: the only place where their names are kept. */
@NullMarked
package aero.contrail.order.person;

import org.jspecify.annotations.NullMarked;
