/** What is filed: fares, taxes, brands and connecting times, each effective from a date. */
@NullMarked
package aero.contrail.shopping.tariff;

import org.jspecify.annotations.NullMarked;
