@NullMarked
package aero.contrail.loyalty.member;

import org.jspecify.annotations.NullMarked;
