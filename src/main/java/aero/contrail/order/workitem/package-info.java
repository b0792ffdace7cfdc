/** What the system cannot finish alone: why, what a person may do, and what he did. */
@NullMarked
package aero.contrail.order.workitem;

import org.jspecify.annotations.NullMarked;
