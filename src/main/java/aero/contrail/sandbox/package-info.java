/**
 * What makes the system try-able on a fresh machine: an embedded PostgreSQL that keeps its data
 * between runs, and a clock that can be moved forward. None of it exists unless {@code
 * contrail.sandbox} is on; the embedded database is never packaged.
 */
@ApplicationModule(
    displayName = "Sandbox",
    allowedDependencies = {"database", "web", "web :: *"})
@NullMarked
package aero.contrail.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
