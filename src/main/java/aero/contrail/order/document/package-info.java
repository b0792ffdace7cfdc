/** Documents of passengers: tickets, and the boarding passes that machines and people read. */
@NullMarked
package aero.contrail.order.document;

import org.jspecify.annotations.NullMarked;
