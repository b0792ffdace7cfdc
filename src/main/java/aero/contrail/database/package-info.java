/**
 * What all modules share of the database, and no more: its time, how identifiers are stored, what
 * goes with a commit, and connections for migrations. Every table belongs to one module.
 */
@ApplicationModule(displayName = "Database", allowedDependencies = "events")
@NullMarked
package aero.contrail.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
