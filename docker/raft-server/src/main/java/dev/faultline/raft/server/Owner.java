package dev.faultline.raft.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
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
 *
 * <p>What an owner decides is not for a terminal to decide as well: such a process ignores SIGINT.
 */
final class Owner {

  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

  /** {@code PR_SET_PDEATHSIG} of {@code linux/prctl.h}. */
  private static final int SET_PARENT_DEATH_SIGNAL = 1;

  private static final long SIGKILL = 9;
  private static final int SIGINT = 2;

  /** {@code SIG_IGN} of {@code signal.h}, on Linux and macOS. */
  private static final MemorySegment IGNORE = MemorySegment.ofAddress(1);

  /** {@code SIG_ERR} of {@code signal.h}, on Linux and macOS. */
  private static final long SIGNAL_ERROR = -1;

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

  /**
   * Leaves interrupts to the owner; Linux and macOS only. Ctrl-C in a terminal reaches every
   * process of the foreground group, and the owner ends its children itself, when it is done with
   * them.
   */
  @SuppressWarnings(
      "restricted") // Native access is what this is for; the signature is signal(2)'s.
  static void ignoreInterrupts() {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux") && !system.startsWith("Mac")) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle signal =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try {
      MemorySegment previous = (MemorySegment) signal.invokeExact(SIGINT, IGNORE);
      if (previous.address() == SIGNAL_ERROR) {
        LOG.warn("the kernel does not let this process ignore interrupts");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("signal could not be called", e);
    }
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
