/** Who may call what: clients, tokens, scopes, and the keys of this installation. */
@NamedInterface("security")
@NullMarked
package aero.contrail.web.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
