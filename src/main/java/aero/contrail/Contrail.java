package aero.contrail;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.modulith.Modulithic;

/** An airline retail core: order, reservation and loyalty in one deployable. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Modulithic(
    systemName = "Contrail",
    sharedModules = {"database", "events", "eventlog", "web"})
public class Contrail {

  /**
   * Carriers of virtual threads. With as many as cores, a cold start under load can stand still for
   * ever: all carriers wait in class loading for a lock whose owner has no carrier left.
   */
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  /** Starts the application; arguments are Spring Boot's. */
  public static void main(String[] args) {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, "16");
    }
    SpringApplication.run(Contrail.class, args);
  }
}
