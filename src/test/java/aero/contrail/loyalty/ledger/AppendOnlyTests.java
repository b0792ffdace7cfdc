package aero.contrail.loyalty.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aero.contrail.ModuleTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Nobody rewrites what was entered, not even who owns the tables. */
@ModuleTest
class AppendOnlyTests {

  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update loyalty.entry set points = 0",
        "delete from loyalty.entry",
        "truncate loyalty.entry",
        "update loyalty.movement set points = 1",
        "delete from loyalty.movement",
        "truncate loyalty.movement",
        "update loyalty.rule_version set body = '{}'",
        "update loyalty.rule_version set effective_from = '2000-01-01'",
        "delete from loyalty.rule_version",
        "truncate loyalty.rule_version"
      })
  void whatIsWrittenStays(String change) {
    assertThatThrownBy(() -> transaction.executeWithoutResult(_ -> jdbc.sql(change).update()))
        .rootCause()
        .hasMessageContaining("is never changed: write another row");
  }
}
