package aero.contrail.loyalty;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.award.FiledAwardCharts;
import aero.contrail.loyalty.earning.Programmes;
import aero.contrail.loyalty.member.Enrolment;
import aero.contrail.loyalty.member.Member;
import aero.contrail.loyalty.member.Members;
import aero.contrail.web.SandboxNote;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Files the programme's rates at start, and enrols the members of the demo. */
@Component
@Order(2)
class LoyaltyStart implements ApplicationRunner, SandboxNote {

  private static final String DEMO_CHANNEL = "web";
  private static final Map<String, String> DEMO_MEMBERS = new LinkedHashMap<>();

  static {
    DEMO_MEMBERS.put("4000000010", "Ada Lovelace");
    DEMO_MEMBERS.put("4000000028", "Grace Hopper");
    DEMO_MEMBERS.put("4000000036", "Alan Turing");
    DEMO_MEMBERS.put("4000000044", "Katherine Johnson");
    DEMO_MEMBERS.put("4000000051", "Edsger Dijkstra");
  }

  private final Programmes programmes;
  private final FiledAwardCharts charts;
  private final Enrolment enrolment;
  private final Members members;
  private final TransactionOperations transaction;
  private final Clock clock;
  private final boolean demo;

  LoyaltyStart(
      Programmes programmes,
      FiledAwardCharts charts,
      Enrolment enrolment,
      Members members,
      TransactionOperations transaction,
      Clock clock,
      @Value("${contrail.demo.members:false}") boolean demo) {
    this.programmes = programmes;
    this.charts = charts;
    this.enrolment = enrolment;
    this.members = members;
    this.transaction = transaction;
    this.clock = clock;
    this.demo = demo;
  }

  @Override
  public String topic() {
    return "members";
  }

  @Override
  public String text() {
    return demo
        ? DEMO_MEMBERS.entrySet().stream()
            .map(member -> member.getKey() + " " + member.getValue())
            .collect(Collectors.joining(", "))
        : "none: POST /members";
  }

  @Override
  public void run(ApplicationArguments arguments) {
    ScopedValue.where(Origin.CURRENT, Origin.system("system:start-up"))
        .run(() -> transaction.executeWithoutResult(_ -> start()));
  }

  private void start() {
    programmes.announce();
    charts.announce();
    if (demo) {
      DEMO_MEMBERS.forEach(
          (number, name) -> {
            if (!members.existsById(new MemberNumber(number))) {
              var names = name.split(" ", 2);
              enrolment.enrol(
                  DEMO_CHANNEL,
                  new Member(new MemberNumber(number), names[0], names[1], null, clock.instant()));
            } else {
              enrolment.meet(DEMO_CHANNEL, new MemberNumber(number));
            }
          });
    }
  }
}
