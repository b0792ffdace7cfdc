package aero.contrail.eventlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import aero.contrail.database.Instances;
import aero.contrail.eventlog.LogTest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two instances on one database hear each other, and not themselves. */
@LogTest
class BellTests {

  @Autowired JdbcClient jdbc;
  @Autowired JdbcConnectionDetails database;

  @Test
  void isHeardByTheOthersAndNotByTheOneWhoRings() {
    var self = new Instances(jdbc);
    var other = new Instances(jdbc);
    var here = new Bell(jdbc, database, self);
    var there = new Bell(jdbc, database, other);
    Set<String> heardHere = ConcurrentHashMap.newKeySet();
    Set<String> heardThere = ConcurrentHashMap.newKeySet();
    var telling = Thread.ofVirtual().start(here::tell);
    Thread.ofVirtual().start(() -> here.listen(heardHere::addAll));
    Thread.ofVirtual().start(() -> there.listen(heardThere::addAll));
    try {
      Awaitility.await().until(() -> heardHere.contains(Bell.ALL) && heardThere.contains(Bell.ALL));
      here.ring(Set.of("test.consumer/1", "test.consumer/2"));
      here.ring(Set.of("test.consumer/3"));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () ->
                  heardThere.containsAll(
                      Set.of("test.consumer/1", "test.consumer/2", "test.consumer/3")));
      assertThat(heardHere).noneMatch(topic -> topic.startsWith("test."));
      assertThat(self.isAlive(other.self())).isTrue();
      there.close();
      Awaitility.await("the server to let go").until(() -> !self.isAlive(other.self()));
      assertThat(other.isAlive(self.self())).isTrue();
    } finally {
      telling.interrupt();
      here.close();
      there.close();
    }
  }
}
