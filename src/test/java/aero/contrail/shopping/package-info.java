@NullMarked
package aero.contrail.shopping;

import org.jspecify.annotations.NullMarked;
