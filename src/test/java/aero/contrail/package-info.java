/** Tests of the whole, and what tests share. */
@NullMarked
package aero.contrail;

import org.jspecify.annotations.NullMarked;
