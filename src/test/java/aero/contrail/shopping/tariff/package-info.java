@NullMarked
package aero.contrail.shopping.tariff;

import org.jspecify.annotations.NullMarked;
