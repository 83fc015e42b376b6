package dev.faultline.raft.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties the life of this process to that of the one that started it.
 *
 * <p>Two ways, since each leaves something out. The end of standard input comes on every system,
 * however the owner ends, but a stopped process does not notice it. On Linux the kernel also kills
 * the child outright (prctl, PR_SET_PDEATHSIG), stopped or not. Mind what it takes for the parent:
 * the <em>thread</em> that forked; an owner has to start its children from a thread that lives as
 * long as itself.
 */
final class Owner {

  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

  /** {@code PR_SET_PDEATHSIG} of {@code linux/prctl.h}. */
  private static final int SET_PARENT_DEATH_SIGNAL = 1;

  private static final long SIGKILL = 9;

  private Owner() {}

  /**
   * Calls {@code end}, on a thread of its own, when {@code input} has come to its end; and asks the
   * kernel for its help, where it gives any.
   */
  static void watch(InputStream input, Runnable end) {
    Thread.ofPlatform()
        .daemon()
        .name("owner")
        .start(() -> {
          // From this thread, which lives until the end: the kernel keeps the wish by thread.
          dieWithParent();
          drain(input);
          LOG.info("standard input has ended");
          end.run();
        });
  }

  private static void drain(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A standard input that cannot be read any more has ended too.
      LOG.debug("standard input: {}", e.toString());
    }
  }

  /** Asks the kernel to kill this process when the thread that started it ends; Linux only. */
  @SuppressWarnings("restricted") // Native access is what this is for; the signature is prctl(2)'s.
  private static void dieWithParent() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle prctl =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("prctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    try {
      int failed = (int) prctl.invokeExact(SET_PARENT_DEATH_SIGNAL, SIGKILL);
      if (failed != 0) {
        LOG.warn("the kernel refused a parent-death signal");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("prctl could not be called", e);
    }
  }
}
