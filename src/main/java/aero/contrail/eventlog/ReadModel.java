package aero.contrail.eventlog;

/**
 * A copy of facts that its consumer can make again from the whole log: a bean of this type allows
 * it. Only what is a function of the events alone, and publishes nothing, may be one; consumers
 * without a read model cannot be replayed.
 *
 * <p>A rebuild fills a second copy beside the live one while sales go on, and puts it in the live
 * one's place in one transaction. Every method runs in the caller's transaction.
 */
public interface ReadModel {

  /** The id of the consumer that writes the live copy. */
  String consumer();

  /** Makes an empty second copy, in place of one that an earlier rebuild may have left. */
  void prepare();

  /** Has the same {@link EventHandler} methods as the live consumer; they write the second copy. */
  Object shadow();

  /** Puts the second copy in the place of the live one, which goes. */
  void swap();

  /** Drops the second copy; the live one stays. */
  void discard();
}
