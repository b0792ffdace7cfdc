/** Requests that are safe to repeat. */
@NamedInterface("idempotency")
@NullMarked
package aero.contrail.web.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
