package dev.faultline.harness.loop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Timers by due time, and by the order of their making where that is the same. A binary heap whose
 * entries know their place, so that a cancelled timer leaves at once: most are deadlines, and most
 * deadlines are cancelled. For one thread.
 */
final class TimerHeap {

  /** A task and its place in the heap. */
  final class Entry implements Scheduler.Timer {

    private static final int OUT = -1;

    final long dueNanos;
    final Runnable task;
    private final long order;
    private int place = OUT;

    private Entry(long dueNanos, long order, Runnable task) {
      this.dueNanos = dueNanos;
      this.order = order;
      this.task = task;
    }

    @Override
    public void cancel() {
      if (place != OUT) {
        remove(this);
      }
    }

    private boolean isBefore(Entry other) {
      return dueNanos != other.dueNanos ? dueNanos < other.dueNanos : order < other.order;
    }
  }

  private @Nullable Entry[] entries = new @Nullable Entry[64];
  private int size;
  private long made;

  Entry add(long dueNanos, Runnable task) {
    Entry entry = new Entry(dueNanos, made++, task);
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    siftUp(size++, entry);
    return entry;
  }

  /** Returns the first timer, or null if there is none. */
  @Nullable Entry first() {
    return entries[0];
  }

  /** Takes the first timer out if it is due at {@code nowNanos}; null if none is. */
  @Nullable Entry pollDue(long nowNanos) {
    Entry first = entries[0];
    if (first == null || first.dueNanos > nowNanos) {
      return null;
    }
    remove(first);
    return first;
  }

  int size() {
    return size;
  }

  private void remove(Entry entry) {
    int hole = entry.place;
    entry.place = Entry.OUT;
    Entry last = get(--size);
    entries[size] = null;
    if (last != entry) {
      siftDown(hole, last);
      if (last.place == hole) {
        siftUp(hole, last);
      }
    }
  }

  private void siftUp(int from, Entry entry) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      Entry above = get(parent);
      if (!entry.isBefore(above)) {
        break;
      }
      put(place, above);
      place = parent;
    }
    put(place, entry);
  }

  private void siftDown(int from, Entry entry) {
    int place = from;
    while (true) {
      int child = 2 * place + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && get(child + 1).isBefore(get(child))) {
        child++;
      }
      Entry below = get(child);
      if (!below.isBefore(entry)) {
        break;
      }
      put(place, below);
      place = child;
    }
    put(place, entry);
  }

  private Entry get(int place) {
    Entry entry = entries[place];
    if (entry == null) {
      throw new IllegalStateException("no timer at place " + place + " of " + size);
    }
    return entry;
  }

  private void put(int place, Entry entry) {
    entries[place] = entry;
    entry.place = place;
  }
}
