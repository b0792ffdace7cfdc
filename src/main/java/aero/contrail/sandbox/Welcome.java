package aero.contrail.sandbox;

import aero.contrail.web.SandboxNote;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The last lines of the start: what runs where, with whom, and what to try first. */
@Component
@ConditionalOnProperty("contrail.sandbox")
class Welcome {

  private static final Logger log = LoggerFactory.getLogger(Welcome.class);

  private final Environment environment;
  private final ObjectProvider<SandboxNote> notes;

  Welcome(Environment environment, ObjectProvider<SandboxNote> notes) {
    this.environment = environment;
    this.notes = notes;
  }

  @EventListener(ApplicationReadyEvent.class)
  void say() {
    log.info("{}", text());
  }

  String text() {
    var address = "http://localhost:" + environment.getProperty("local.server.port", "8080");
    return """
    Contrail is ready, with play money:
      %-10s %s
      %-10s %s/swagger-ui.html, %s/problems, %s/actuator/health
    %s
      %-10s curl -s -u web:web-secret -d grant_type=client_credentials %s/oauth2/token
      %-10s the README's five calls, docs/requests.http\
    """
        .formatted(
            "API",
            address,
            "pages",
            address,
            address,
            address,
            notes
                .orderedStream()
                .map(note -> "  %-10s %s".formatted(note.topic(), note.text()))
                .collect(Collectors.joining("\n")),
            "try first",
            address,
            "then");
  }
}
