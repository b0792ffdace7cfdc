/** The application. Everything else is in its modules. */
@NullMarked
package aero.contrail;

import org.jspecify.annotations.NullMarked;
