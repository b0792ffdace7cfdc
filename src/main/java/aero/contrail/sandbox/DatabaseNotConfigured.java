package aero.contrail.sandbox;

/** There is no database to work with: says what to set. */
final class DatabaseNotConfigured extends RuntimeException {

  DatabaseNotConfigured() {
    super("No database is configured.");
  }
}
