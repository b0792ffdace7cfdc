@NullMarked
package aero.contrail.shopping.search;

import org.jspecify.annotations.NullMarked;
