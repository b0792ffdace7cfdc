package aero.contrail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alarms and dashboard look at metrics that exist, and each alarm says what to do. */
@HttpTest
class MonitoringTests {

  private static final Path ALERTS = Path.of("docs/operations/alerts.yaml");
  private static final Path DASHBOARD = Path.of("docs/operations/grafana.json");
  private static final Path RUNBOOK = Path.of("docs/operations/runbook.md");

  private static final Pattern METRIC = Pattern.compile("\\b(?:contrail|http|hikaricp|jvm)_\\w+");

  @LocalServerPort int port;

  private static List<JsonNode> alerts() throws IOException {
    Object yaml = new Yaml().load(Files.readString(ALERTS));
    return JsonMapper.shared()
        .<JsonNode>valueToTree(yaml)
        .at("/groups/0/rules")
        .valueStream()
        .toList();
  }

  @Test
  void whatTheyLookAtExists() throws IOException {
    var web = Api.anonymous(port).as("web");
    var sales = new Sales(web);
    sales.ticket(sales.flight("ALB", "ER4"), "Y");
    var served = web.as("backoffice").get("/actuator/prometheus").expect(200).text();
    var expressions = new TreeSet<String>();
    alerts().forEach(alert -> expressions.add(alert.at("/expr").asString()));
    JsonMapper.shared()
        .readTree(Files.readString(DASHBOARD))
        .findValues("expr")
        .forEach(expression -> expressions.add(expression.asString()));
    for (var expression : expressions) {
      var metrics = METRIC.matcher(expression.replaceAll("\\{[^}]*}", "")).results().toList();
      for (var metric : metrics) {
        assertThat(served.lines().filter(line -> line.startsWith(metric.group())))
            .as("%s, of: %s", metric.group(), expression)
            .isNotEmpty();
      }
    }
    assertThat(expressions).hasSizeGreaterThan(15);
  }

  /** A label that is mistyped would never let the alarm go off. */
  @Test
  void whatTheyTellApartExists() {
    var served = Api.anonymous(port).as("backoffice").get("/actuator/prometheus").text();
    assertThat(served)
        .contains(
            "contrail_eventlog_lag_seconds{consumer=\"reservation.space\"",
            "contrail_eventlog_lag_seconds{consumer=\"order.progress\"",
            "outcome=\"failed\"",
            "area=\"heap\"");
  }

  @Test
  void eachAlarmHasItsSection() throws IOException {
    var sections =
        Files.readString(RUNBOOK).lines().filter(line -> line.startsWith("## ")).toList();
    for (var alert : alerts()) {
      var name = alert.at("/alert").asString();
      assertThat(sections).contains("## " + name);
      assertThat(alert.at("/annotations/runbook").asString())
          .endsWith("#" + name.toLowerCase(Locale.ROOT));
    }
  }
}
