package aero.contrail.shopping.search;

import java.time.LocalDate;

/** From where to where, on which local date. */
record Route(String origin, String destination, LocalDate date) {

  Route back(LocalDate returnDate) {
    var from = destination;
    var to = origin;
    return new Route(from, to, returnDate);
  }
}
