package dev.faultline.checkers.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryBuilderTest {

  @Test
  void pairsAcrossChunks() {
    HistoryBuilder builder = new HistoryBuilder();
    builder.append(event(0, 1_000_000, EventType.INVOKE, Json.of(-1)));
    int operations = 100_000;
    for (int i = 0; i < operations; i++) {
      builder.append(event(i, i % 7, EventType.INVOKE, Json.of(i)));
      builder.append(event(i, i % 7, EventType.OK, Json.of(i)));
    }
    int last = builder.append(event(operations, 1_000_000, EventType.OK, Json.of(-1)));
    History history = builder.build();
    assertThat(history.size()).isEqualTo(2 * operations + 2);
    assertThat(history.counterpart(0)).isEqualTo(last);
    assertThat(history.counterpart(last)).isZero();
    for (int i = 1; i < last; i += 2) {
      assertThat(history.counterpart(i)).isEqualTo(i + 1);
      assertThat(history.value(i)).isEqualTo(Json.of((i - 1) / 2));
    }
  }

  @Test
  void keepsValuesAtTheEdgesOfTheirEncoding() {
    long pair = 1L << 30;
    long inline = 1L << 61;
    List<Json> values =
        List.of(
            Json.of(inline - 1),
            Json.of(inline),
            Json.of(-inline),
            Json.of(-inline - 1),
            Json.array(Json.of(pair - 1), Json.of(-pair)),
            Json.array(Json.of(-pair), Json.of(pair - 1)),
            Json.array(Json.of(pair), Json.of(0)),
            Json.array(Json.of(0), Json.of(-pair - 1)),
            Json.array(),
            Json.of(false),
            Json.of(true),
            Json.of(0),
            Json.NULL);
    HistoryBuilder builder = new HistoryBuilder();
    for (int i = 0; i < values.size(); i++) {
      builder.append(event(0, i, EventType.INVOKE, values.get(i)));
    }
    History history = builder.build();
    for (int i = 0; i < values.size(); i++) {
      assertThat(history.value(i)).isEqualTo(values.get(i));
    }
  }

  @Test
  void aRefusedEventLeavesNoTrace() {
    HistoryBuilder builder = new HistoryBuilder();
    builder.append(event(5, 0, EventType.INVOKE, Json.NULL));
    assertThatThrownBy(() -> builder.append(event(4, 0, EventType.OK, Json.NULL)))
        .isInstanceOf(IllegalHistoryException.class);
    assertThatThrownBy(() -> builder.append(event(5, 1, EventType.OK, Json.NULL)))
        .isInstanceOf(IllegalHistoryException.class);
    builder.append(event(5, 0, EventType.OK, Json.NULL));
    assertThat(builder.build().size()).isEqualTo(2);
  }

  @Test
  void aProcessMayGoOnAfterAnIndeterminateOperation() {
    HistoryBuilder builder = new HistoryBuilder();
    builder.append(event(0, 0, EventType.INVOKE, Json.NULL));
    builder.append(event(0, 0, EventType.INFO, Json.NULL));
    builder.append(event(0, 0, EventType.INVOKE, Json.NULL));
    assertThat(builder.build().counterpart(2)).isEqualTo(-1);
  }

  private static Event event(long time, int process, EventType type, Json value) {
    return new Event(time, process, type, "f", "k", value, "n1", null, null);
  }
}
