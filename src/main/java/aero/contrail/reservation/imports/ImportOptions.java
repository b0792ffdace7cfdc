package aero.contrail.reservation.imports;

/**
 * How a file is to be taken.
 *
 * @param withdraws whether flights that the file does not have any more are taken off the schedule
 * @param isDryRun whether to tell only what would become of it
 */
record ImportOptions(OnError onError, boolean withdraws, boolean isDryRun) {

  /** What to do with wrong rows. */
  enum OnError {
    SKIP,
    REJECT_ALL
  }

  /** Takes what is right, and leaves all else as it is. */
  static final ImportOptions USUAL = new ImportOptions(OnError.SKIP, false, false);

  boolean rejectsAll() {
    return onError == OnError.REJECT_ALL;
  }
}
