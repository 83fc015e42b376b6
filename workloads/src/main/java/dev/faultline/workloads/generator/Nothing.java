package dev.faultline.workloads.generator;

/** Done from the beginning. */
final class Nothing implements Generator {

  static final Nothing INSTANCE = new Nothing();

  private Nothing() {}

  @Override
  public Step next(Context context) {
    return Step.DONE;
  }
}
