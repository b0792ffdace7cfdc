@NullMarked
package aero.contrail.loyalty.ledger;

import org.jspecify.annotations.NullMarked;
