package dev.faultline.harness.process;

import dev.faultline.harness.ledger.ProcessTable;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The signals that {@link ProcessHandle} does not send. */
enum Signal {
  /** Continues a stopped process. */
  CONTINUE(18, 19),
  /** Stops a process in its tracks; it cannot be caught. */
  STOP(19, 17);

  @SuppressWarnings("restricted") // Calling kill(2) is what this class is for.
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final int number;

  Signal(int onLinux, int onMacOs) {
    this.number = ProcessTable.IS_MAC_OS ? onMacOs : onLinux;
  }

  /** Sends this signal to process {@code pid}. */
  void send(long pid) throws IOException {
    int result;
    try {
      result = (int) KILL.invokeExact(Math.toIntExact(pid), number);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) could not be called", e);
    }
    if (result != 0) {
      throw new IOException("process " + pid + " could not be sent " + name() + "; is it gone?");
    }
  }
}
