@NullMarked
package aero.contrail.order;

import org.jspecify.annotations.NullMarked;
