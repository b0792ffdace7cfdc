/** What can be flown, copied from facts: stored once, and in the memory of every instance. */
@NullMarked
package aero.contrail.shopping.index;

import org.jspecify.annotations.NullMarked;
