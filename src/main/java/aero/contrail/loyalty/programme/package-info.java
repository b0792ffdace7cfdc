/** The rules of the programme as data: versions that are filed once and never change. */
@NullMarked
package aero.contrail.loyalty.programme;

import org.jspecify.annotations.NullMarked;
