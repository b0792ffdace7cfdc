/**
 * Who has how many points, and why. Reads top to bottom: {@code Place} and {@code Movement} (double
 * entry), {@code Entry} (what moved for one cause), {@code Lot} and {@code Balance} (what that
 * leaves), {@code Holdings} (one member's), {@code Books} (those of a batch), {@code Postings} (the
 * rules), {@code Ledger} (the shell that reads and writes).
 */
@NullMarked
package aero.contrail.loyalty.ledger;

import org.jspecify.annotations.NullMarked;
