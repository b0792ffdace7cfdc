package aero.contrail.loyalty.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.ModuleTest;
import aero.contrail.loyalty.MemberPoints;
import aero.contrail.loyalty.member.Member;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The check itself: what a superuser changes by hand is found, and forgotten when it is mended. */
@ModuleTest
class LedgerCheckTests {

  @Autowired LedgerCheck check;
  @Autowired Ledger ledger;
  @Autowired TransactionTemplate transaction;
  @Autowired JdbcClient jdbc;

  /** Of all members: those after the last are the first again. */
  private long faults() {
    jdbc.sql("update loyalty.ledger_check set checked_to = ''").update();
    check.check();
    return check.faults();
  }

  private void change(String sql, String member) {
    jdbc.sql("set local session_replication_role = replica").update();
    assertThat(jdbc.sql(sql.formatted(member)).update()).as(sql).isPositive();
  }

  @Test
  void whatIsChangedByHandIsFound() {
    var member = Member.numberOf(ThreadLocalRandom.current().nextLong(400_000_000, 410_000_000));
    transaction.executeWithoutResult(_ -> ledger.open(member));
    MemberPoints.grant(jdbc, member.value(), 500, null);
    assertThat(faults()).isZero();
    for (var sql :
        List.of(
            "update loyalty.account set available = 400 where member_number = '%s'",
            "update loyalty.account set debt = 1 where member_number = '%s'",
            "update loyalty.account set tier_points = 1 where member_number = '%s'",
            "update loyalty.account set sequence = 2 where member_number = '%s'",
            "update loyalty.lot set available = 400, redeemed = 100 where member_number = '%s'",
            "update loyalty.lot set available = 400, earned = 400 where member_number = '%s'",
            "update loyalty.entry set available_after = 1 where member_number = '%s'",
            "update loyalty.movement set to_place = 'EXPIRED' where entry in"
                + " (select id from loyalty.entry where member_number = '%s')",
            "delete from loyalty.movement where entry in"
                + " (select id from loyalty.entry where member_number = '%s')")) {
      transaction.executeWithoutResult(
          status -> {
            change(sql, member.value());
            assertThat(faults()).as(sql).isOne();
            status.setRollbackOnly();
          });
    }
    assertThat(faults()).isZero();
  }
}
