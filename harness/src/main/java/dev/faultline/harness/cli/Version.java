package dev.faultline.harness.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells which Faultline this is. */
final class Version implements IVersionProvider {

  /** Returns the version of the jar, or a word for classes that do not lie in one. */
  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"faultline " + text() + " on Java " + Runtime.version()};
  }
}
