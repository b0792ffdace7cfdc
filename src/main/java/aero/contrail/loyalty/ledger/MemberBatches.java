package aero.contrail.loyalty.ledger;

import aero.contrail.events.MemberNumber;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Does something to some members at a time. One whose account is broken keeps no other waiting. */
@Component
public class MemberBatches {

  private static final Logger LOG = LoggerFactory.getLogger(MemberBatches.class);

  private final TransactionOperations transaction;

  MemberBatches(TransactionOperations transaction) {
    this.transaction = transaction;
  }

  /**
   * All in one transaction, or if that fails each in its own.
   *
   * @param what is done, in the words of the log
   */
  public void run(String what, List<MemberNumber> members, Consumer<List<MemberNumber>> work) {
    try {
      transaction.executeWithoutResult(_ -> work.accept(members));
    } catch (RuntimeException e) {
      if (members.size() == 1) {
        LOG.warn("The {} of member {} failed: it is tried again", what, members.getFirst(), e);
      } else {
        members.forEach(member -> run(what, List.of(member), work));
      }
    }
  }
}
