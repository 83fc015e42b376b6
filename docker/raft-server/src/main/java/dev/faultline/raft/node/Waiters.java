package dev.faultline.raft.node;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The clients that wait for something, by number. Owned by the raft loop.
 *
 * @param <T> what they wait for
 */
final class Waiters<T> {

  private final Map<Long, CompletableFuture<T>> waiting = new HashMap<>();
  private long lastNumber;

  /** Adds a client and returns its number, which grows by one with each, from 1. */
  long add(CompletableFuture<T> answer) {
    waiting.put(++lastNumber, answer);
    return lastNumber;
  }

  boolean contains(long number) {
    return waiting.containsKey(number);
  }

  /** Answers a client, if it still waits. */
  void complete(long number, T answer) {
    CompletableFuture<T> waiter = waiting.remove(number);
    if (waiter != null) {
      waiter.complete(answer);
    }
  }

  /** Fails a client, if it still waits. */
  void fail(long number, Throwable cause) {
    CompletableFuture<T> waiter = waiting.remove(number);
    if (waiter != null) {
      waiter.completeExceptionally(cause);
    }
  }

  /** Fails every client. */
  void failAll(Supplier<Throwable> cause) {
    Map<Long, CompletableFuture<T>> all = Map.copyOf(waiting);
    waiting.clear();
    all.values().forEach(waiter -> waiter.completeExceptionally(cause.get()));
  }
}
