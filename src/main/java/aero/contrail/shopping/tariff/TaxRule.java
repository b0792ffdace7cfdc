package aero.contrail.shopping.tariff;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.joda.money.Money;

/** A tax: a share of the fare, or an amount for each flight or bound of who has a seat. */
record TaxRule(String code, Basis basis, int permille, Money amount) {

  enum Basis {
    FARE,
    FLIGHT,
    BOUND
  }

  static TaxRule of(ResultSet row, Money amount) throws SQLException {
    return new TaxRule(
        row.getString("code"),
        Basis.valueOf(row.getString("basis")),
        row.getInt("permille"),
        amount);
  }
}
