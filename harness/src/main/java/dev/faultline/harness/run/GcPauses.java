package dev.faultline.harness.run;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Notes how long this JVM stood still to collect garbage. Safe for use by several threads. */
final class GcPauses implements AutoCloseable {

  private final AtomicLong longestMillis = new AtomicLong();
  private final List<NotificationEmitter> emitters = new ArrayList<>();
  private final NotificationListener listener =
      (notification, _) -> {
        if (notification.getUserData() instanceof CompositeData data
            && notification
                .getType()
                .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
          long millis = GarbageCollectionNotificationInfo.from(data).getGcInfo().getDuration();
          longestMillis.accumulateAndGet(millis, Math::max);
        }
      };

  GcPauses() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(listener, null, null);
        emitters.add(emitter);
      }
    }
  }

  /** Returns the longest collection so far, in nanoseconds. */
  long longestNanos() {
    return longestMillis.get() * 1_000_000;
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException e) {
        throw new IllegalStateException("a listener that was added is not there", e);
      }
    }
  }
}
