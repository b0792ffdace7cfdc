package aero.contrail.web;

import java.time.Instant;
import java.util.UUID;

/** Where in a list one is that is ordered by time, and by id among equals: a key for cursors. */
public record TimeKey(Instant at, UUID id) {

  /** Before everything. */
  public static final TimeKey FIRST = new TimeKey(Instant.EPOCH, new UUID(0, 0));

  /** What {@link #toString} wrote; throws whatever comes when it is something else. */
  public static TimeKey parse(String key) {
    var slash = key.indexOf('/');
    return new TimeKey(
        Instant.parse(key.substring(0, slash)), UUID.fromString(key.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return at + "/" + id;
  }
}
