package dev.faultline.workloads.jetcd;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.CallOptions;
import io.grpc.Deadline;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one attempt that an operation has, and what gRPC said of it. Thread-safe.
 *
 * <p>jetcd's methods have no room for options of a single call. So the attempt is bound to the
 * thread that asks jetcd to call, for as long as it asks, and {@link OneAttempt} takes it there.
 */
final class Attempt {

  private static final ScopedValue<Attempt> CURRENT = ScopedValue.newInstance();

  private final Deadline deadline;
  private final WireWitness witness = new WireWitness();
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile @Nullable Status end;

  /** Creates an attempt that ends at {@code deadline}, whenever it begins. */
  Attempt(Deadline deadline) {
    this.deadline = deadline;
  }

  /** Runs {@code request}; the first call that it makes on this thread is this attempt. */
  <T> T makeWith(Supplier<T> request) {
    return ScopedValue.where(CURRENT, this).call(request::get);
  }

  /** Takes the attempt that this thread is to make; empty if there is none, or no more. */
  static Optional<Attempt> take() {
    return CURRENT.isBound() && CURRENT.get().taken.compareAndSet(false, true)
        ? Optional.of(CURRENT.get())
        : Optional.empty();
  }

  /** Gives the attempt up; returns true if nobody had taken it, and so nobody ever will. */
  boolean abandon() {
    return taken.compareAndSet(false, true);
  }

  /** Returns {@code options} with what every attempt needs. */
  CallOptions options(CallOptions options) {
    return options
        .withDeadline(deadline)
        .withStreamTracerFactory(witness)
        // Outcomes are handed on at once, on the event loop; nothing there blocks.
        .withExecutor(MoreExecutors.directExecutor());
  }

  /** Notes how the call ended. */
  void ended(Status status) {
    end = status;
  }

  /** Returns how the call ended, or null if it has not, or never began. */
  @Nullable Status end() {
    return end;
  }

  /** Tells whether any part of the request may have left this process. Final once it ended. */
  boolean sent() {
    return witness.sent();
  }
}
