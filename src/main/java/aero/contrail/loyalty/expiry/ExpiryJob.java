package aero.contrail.loyalty.expiry;

import aero.contrail.eventlog.Origin;
import aero.contrail.events.MemberNumber;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lets points expire on their day. A run is short, because others wait for their turn; what it
 * leaves the next one does. Many instances may do it at the same time.
 */
@Component
class ExpiryJob {

  private static final Logger LOG = LoggerFactory.getLogger(ExpiryJob.class);
  private static final int LIMIT = 200;
  private static final int BATCHES = 10;

  private final Expiry expiry;
  private final ExpiryPolicies policies;
  private final TransactionOperations transaction;

  ExpiryJob(Expiry expiry, ExpiryPolicies policies, TransactionOperations transaction) {
    this.expiry = expiry;
    this.policies = policies;
    this.transaction = transaction;
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
      expire(members, expire);
    }
  }

  /** One whose account is broken keeps no other waiting. */
  private void expire(List<MemberNumber> members, Consumer<List<MemberNumber>> expire) {
    try {
      transaction.executeWithoutResult(_ -> expire.accept(members));
    } catch (RuntimeException e) {
      if (members.size() == 1) {
        LOG.warn("Points of member {} do not expire: it is tried again", members, e);
      } else {
        members.forEach(member -> expire(List.of(member), expire));
      }
    }
  }
}
