@NullMarked
package aero.contrail.shopping.index;

import org.jspecify.annotations.NullMarked;
