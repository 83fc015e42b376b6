package dev.faultline.harness.cli;

/** How a run's progress is shown; the words of {@code --progress}. */
enum ProgressMode {
  /** Live on a terminal, plain elsewhere. */
  auto,
  /** One block that is drawn again and again. */
  live,
  /** A line for each event and every ten seconds. */
  plain,
  /** Nothing. */
  none
}
