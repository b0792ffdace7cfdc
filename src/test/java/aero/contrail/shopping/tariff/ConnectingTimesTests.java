package aero.contrail.shopping.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectingTimesTests {

  private static final ConnectingTimes TIMES = Connections.ofMinutes(45, 90);

  @ParameterizedTest
  @CsvSource({
    "ORD,EWR,SFO,45",
    "ORD,YYZ,SFO,90",
    "ORD,EWR,LHR,90",
    "JFK,BOS,SFO,60",
    "JFK,LHR,SFO,120",
    "YYZ,YVR,YUL,45",
    "ORD,EWR,QQQ,90",
    "QQQ,EWR,ORD,90",
  })
  void aChangeTakesLongerAcrossBordersAndAtSomeAirports(
      String airport, String from, String to, int minutes) {
    assertThat(TIMES.at(airport, from, to)).hasMinutes(minutes);
  }

  @Test
  void whereNothingIsFiledThereIsStillATime() {
    var none = new ConnectingTimes(Map.of(), Countries.ofAirports());
    assertThat(none.at("ORD", "EWR", "SFO")).hasMinutes(45);
  }
}
