package dev.faultline.harness.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs command lines and keeps what they print. */
final class CommandLineFixture {

  /**
   * What a command line did.
   *
   * @param status its exit code
   * @param out what it printed on standard output
   * @param err what it printed on standard error
   */
  record Ran(int status, String out, String err) {}

  private CommandLineFixture() {}

  static Ran run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.execute(new PrintWriter(out), new PrintWriter(err), args);
    return new Ran(status, out.toString(), err.toString());
  }
}
