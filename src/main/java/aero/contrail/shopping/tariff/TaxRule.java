package aero.contrail.shopping.tariff;

import org.joda.money.Money;

/** A tax: a share of the fare, or an amount for each flight or bound of who has a seat. */
record TaxRule(String code, Basis basis, int permille, Money amount) {

  enum Basis {
    FARE,
    FLIGHT,
    BOUND
  }
}
