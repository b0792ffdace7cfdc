/**
 * The conventions of the REST API, once for all contexts: problems, idempotency, preconditions,
 * paging, API version, identity of the caller, limits, signed tokens and the clock.
 */
@ApplicationModule(
    displayName = "Web",
    allowedDependencies = {"database", "events", "eventlog"})
@NullMarked
package aero.contrail.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
