@NullMarked
package aero.contrail.events;

import org.jspecify.annotations.NullMarked;
