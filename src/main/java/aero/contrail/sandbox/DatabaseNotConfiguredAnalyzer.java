package aero.contrail.sandbox;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns the missing database into a message at start that tells what to do. */
class DatabaseNotConfiguredAnalyzer extends AbstractFailureAnalyzer<DatabaseNotConfigured> {

  @Override
  protected FailureAnalysis analyze(Throwable root, DatabaseNotConfigured cause) {
    return new FailureAnalysis(
        "No database is configured, and the package carries none.",
        """
        Set the address of a PostgreSQL 17 or newer, and who logs in:
            spring.datasource.url=jdbc:postgresql://host:5432/contrail
            spring.datasource.username=...
            spring.datasource.password=...
        or, in the environment, SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and\
         SPRING_DATASOURCE_PASSWORD.
        To try things out without one, use the sources: mvn spring-boot:run\
        """,
        cause);
  }
}
