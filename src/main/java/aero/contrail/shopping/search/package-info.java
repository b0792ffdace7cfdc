/** Finds itineraries, prices them, and signs what it offers. */
@NullMarked
package aero.contrail.shopping.search;

import org.jspecify.annotations.NullMarked;
