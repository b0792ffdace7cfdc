package aero.contrail.loyalty.expiry;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.MemberNumber;
import aero.contrail.loyalty.ledger.MemberBatches;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Lets points expire on their day. A run is short, because others wait for their turn; what it
 * leaves the next one does. Many instances may do it at the same time.
 */
@Component
class ExpiryJob {

  private static final int LIMIT = 200;
  private static final int BATCHES = 10;

  private final Expiry expiry;
  private final ExpiryPolicies policies;
  private final MemberBatches each;

  ExpiryJob(Expiry expiry, ExpiryPolicies policies, MemberBatches each) {
    this.expiry = expiry;
    this.policies = policies;
    this.each = each;
  }

  @Scheduled(fixedDelayString = "PT1M")
  void run() {
    ScopedValue.where(Origin.CURRENT, Origin.system("system:points-expiry"))
        .run(
            () -> {
              batches(except -> expiry.over(except, LIMIT), expiry::expire);
              var since = policies.on(expiry.today()).inactiveSince(expiry.today());
              if (since != null) {
                batches(
                    except -> expiry.inactive(since, except, LIMIT),
                    members -> expiry.expireInactive(members, since));
              }
            });
  }

  private void batches(
      Function<Set<MemberNumber>, List<MemberNumber>> some, Consumer<List<MemberNumber>> expire) {
    var done = new HashSet<MemberNumber>();
    for (var batch = 0; batch < BATCHES; batch++) {
      var members = some.apply(done);
      if (members.isEmpty()) {
        return;
      }
      done.addAll(members);
      each.run("expiry of points", members, expire);
    }
  }
}
