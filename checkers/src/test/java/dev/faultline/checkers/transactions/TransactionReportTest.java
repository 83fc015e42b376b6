package dev.faultline.checkers.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.CheckResult;
import dev.faultline.checkers.Finding;
import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ConsistencyModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people and machines are told of an analysis. */
class TransactionReportTest {

  private static final ConsistencyModel SERIALIZABLE = ConsistencyModel.SERIALIZABLE;
  private static final ConsistencyModel READ_COMMITTED = ConsistencyModel.READ_COMMITTED;

  private static final String[] WRITE_SKEW = {
    "0 ok append x 1; r y []", "1 ok append y 1; r x []", "2 ok r x [1]; r y [1]"
  };

  @Test
  void aValidHistoryIsToldWithWhatWasLookedAt() {
    CheckResult result =
        report(
            TransactionOptions.standard(),
            Txns.lists("0 ok append x 1").then("1 ok r x [1]; append x 2").then("1 ok r x [1,2]"));
    assertThat(result.verdict().word()).isEqualTo("VALID");
    assertThat(result.summary()).isEqualTo("strict-serializable: 3 transactions, 2 dependencies");
    assertThat(result.findings()).isEmpty();
    assertThat(result.details().members().keySet())
        .containsExactly(
            "workload",
            "models",
            "transactions",
            "dependencies",
            "components",
            "anomalies",
            "allowedAnomalies",
            "not",
            "alsoNot",
            "problems");
    assertThat(result.checker()).isEqualTo("transactions");
    assertThat(detail(result, "workload")).isEqualTo(Json.of("append"));
    assertThat(words(result, "models")).containsExactly("strict-serializable");
    assertThat(detail(result, "transactions")).isEqualTo(Json.of(3));
    assertThat(detail(result, "dependencies")).isEqualTo(Json.of(2));
    assertThat(detail(result, "components")).isEqualTo(Json.of(0));
    assertThat(members(result, "anomalies")).isEmpty();
    assertThat(words(result, "not")).isEmpty();
    assertThat(words(result, "problems")).isEmpty();
  }

  @Test
  void whatIsBrokenIsAViolationWithAnExampleForMachines() {
    CheckResult result = report(TransactionOptions.of(SERIALIZABLE), Txns.lists(WRITE_SKEW));
    Finding finding = result.findings().getFirst();
    assertThat(finding.severity()).isEqualTo(Finding.Severity.VIOLATION);
    assertThat(finding.key()).isNull();
    assertThat(finding.claim())
        .isEqualTo(
            "G2-item: T1 < T2, because T1 read the initial state of y, and did not see that T2"
                + " appended 1 to y; however, T2 < T1, because T2 read the initial state of x, and"
                + " did not see that T1 appended 1 to x: a contradiction!");
    assertThat(result.summary()).isEqualTo("not repeatable-read: G2-item × 1; " + finding.claim());
    Map<String, Json> skew = ((Json.Obj) member(members(result, "anomalies"), "G2-item")).members();
    assertThat(skew.get("count")).isEqualTo(Json.of(1));
    Map<String, Json> example = onlyExample(skew);
    assertThat(example.keySet()).containsExactly("events", "claim", "lines", "svg");
    assertThat(example.get("events"))
        .isEqualTo(Json.array(Json.of(0), Json.of(1), Json.of(3), Json.of(4)));
    assertThat(example.get("claim")).isEqualTo(Json.of(finding.claim()));
    assertThat(texts(member(example, "lines"))).isEqualTo(finding.lines());
    assertThat(members(result, "allowedAnomalies")).isEmpty();
    assertThat(words(result, "not")).containsExactly("repeatable-read");
    assertThat(words(result, "alsoNot")).contains("serializable", "strict-serializable");
    assertThat(detail(result, "components")).isEqualTo(Json.of(1));
  }

  /** Who asked for less is told what there was, as a warning, and that his model holds. */
  @Test
  void whatIsAllowedIsAWarning() {
    CheckResult result = report(TransactionOptions.of(READ_COMMITTED), Txns.lists(WRITE_SKEW));
    assertThat(result.verdict().word()).isEqualTo("VALID");
    assertThat(result.findings())
        .extracting(Finding::severity)
        .containsExactly(Finding.Severity.WARNING);
    assertThat(members(result, "anomalies")).isEmpty();
    assertThat(members(result, "allowedAnomalies")).containsOnlyKeys("G2-item");
    assertThat(words(result, "not")).isEmpty();
    assertThat(words(result, "alsoNot")).isEmpty();
  }

  @Test
  void anInstanceIsAboutItsKeyAndHasNoPicture() {
    CheckResult result =
        report(TransactionOptions.of(SERIALIZABLE), Txns.lists("0 ok append x 1; r x []"));
    Finding finding = result.findings().getFirst();
    assertThat(finding.claim())
        .isEqualTo(
            "internal: T1 read x as [], which contradicts what it had read and appended itself");
    assertThat(finding.key()).isEqualTo("x");
    assertThat(finding.events()).containsExactly(0, 1);
    assertThat(finding.lines())
        .containsExactly("T1 = process 0, #0, 0.000 s – 0.000 s: [append x 1] [r x []] ok");
    Map<String, Json> internal =
        ((Json.Obj) member(members(result, "anomalies"), "internal")).members();
    assertThat(onlyExample(internal).keySet()).containsExactly("events", "claim", "lines");
  }

  @Test
  void violationsComeFirstAndAmongThemThoseOfFewTransactions() {
    CheckResult result =
        report(
            TransactionOptions.of(READ_COMMITTED),
            Txns.lists(
                "0 ok r z []; append z 1",
                "1 ok r z []; append z 2",
                "2 ok append s 1; r t [1]",
                "3 ok append t 1; r s [1]",
                "4 ok append u 1; r v [1]",
                "5 ok append v 1; r w [1]",
                "6 ok append w 1; r u [1]",
                "7 ok append x 1; r y [1]",
                "8 ok append y 1; r x [1]",
                "9 ok r z [1,2]"));
    assertThat(result.findings())
        .extracting(finding ->
            "%s %s of %d events"
                .formatted(
                    finding.severity(), finding.claim().split(":", 2)[0], finding.events().size()))
        .containsExactly(
            "VIOLATION G1c of 4 events",
            "VIOLATION G1c of 4 events",
            "VIOLATION G1c of 6 events",
            "WARNING lost-update of 4 events",
            "WARNING G-single-item of 4 events");
    assertThat(result.summary())
        .startsWith("not read-committed: G1c × 3; " + result.findings().getFirst().claim());
  }

  @Test
  void aProofOfThreeEdgesIsToldWhole() {
    assertThat(claimOfRing(3))
        .isEqualTo(
            "G2-item: T1 < T2, because T1 read the initial state of k1, and did not see that T2"
                + " appended 1 to k1; T2 < T3, because T2 read the initial state of k2, and did not"
                + " see that T3 appended 1 to k2; however, T3 < T1, because T3 read the initial"
                + " state of k0, and did not see that T1 appended 1 to k0: a contradiction!");
  }

  @Test
  void ofALongerProofBeginningAndEndAreTold() {
    assertThat(claimOfRing(5))
        .isEqualTo(
            "G2-item: a cycle of 5 transactions: T1 < T2, because T1 read the initial state of k1,"
                + " and did not see that T2 appended 1 to k1; …; however, T5 < T1, because T5 read"
                + " the initial state of k0, and did not see that T1 appended 1 to k0: a"
                + " contradiction!");
  }

  @Test
  void severalModelsAreNamedInTheirOrder() {
    CheckResult result =
        report(
            new TransactionOptions(
                Set.of(SERIALIZABLE, READ_COMMITTED), Set.of(), false, false, false, 1),
            Txns.lists("0 ok append x 1", "1 ok r x [1]"));
    assertThat(result.summary())
        .isEqualTo("read-committed, serializable: 2 transactions, 1 dependency");
    assertThat(words(result, "models")).containsExactly("read-committed", "serializable");
  }

  @Test
  void whoAsksForAnomaliesAloneIsToldThatThereAreNone() {
    CheckResult result =
        report(
            new TransactionOptions(
                Set.of(), Set.of(Anomaly.G1A, Anomaly.G0), false, false, false, 1),
            Txns.lists("0 ok append x 1", "1 ok r x [1]"));
    assertThat(result.summary()).startsWith("none of [G0, G1a]: 2 transactions");
  }

  @Test
  void whatWasNotLookedForIsSaid() {
    assertThat(
            report(
                    TransactionOptions.of(ConsistencyModel.READ_ATOMIC),
                    Txns.lists("0 ok append x 1", "1 ok r x [1]"))
                .summary())
        .isEqualTo(
            "read-atomic: 2 transactions, 1 dependency; fractured reads were not looked for");
  }

  @Test
  void timeAndMemoryAreTold() {
    Txns txns = Txns.lists(WRITE_SKEW);
    Analysis analysis = txns.check(TransactionOptions.standard());
    long minuteNanos = TimeUnit.MINUTES.toNanos(1);
    CheckResult result =
        new TransactionReport(analysis, TransactionOptions.standard())
            .result("some", System.nanoTime() - minuteNanos);
    assertThat(result.checker()).isEqualTo("some");
    assertThat(result.elapsedNanos()).isBetween(minuteNanos, 5 * minuteNanos);
    assertThat(result.peakBytes()).isEqualTo(txns.transactions().sizeBytes());
  }

  @Test
  void examplesAreBoundedAndAllAreCounted() {
    String[] contradictions =
        IntStream.range(0, 20)
            .mapToObj(i -> "0 ok append x" + i + " 1; r x" + i + " []")
            .toArray(String[]::new);
    CheckResult result = report(TransactionOptions.of(SERIALIZABLE), Txns.lists(contradictions));
    Map<String, Json> internal =
        ((Json.Obj) member(members(result, "anomalies"), "internal")).members();
    assertThat(internal.get("count")).isEqualTo(Json.of(20));
    assertThat(((Json.Array) member(internal, "examples")).values())
        .hasSize(TransactionOptions.EXAMPLES);
  }

  /** Each transaction misses what the next one appended, and the last what the first did. */
  private static String claimOfRing(int transactions) {
    String[] ring =
        IntStream.range(0, transactions)
            .mapToObj(i -> "%d ok append k%d 1; r k%d []".formatted(i, i, (i + 1) % transactions))
            .toArray(String[]::new);
    String reader =
        IntStream.range(0, transactions)
            .mapToObj("r k%d [1]"::formatted)
            .collect(Collectors.joining("; "));
    return report(TransactionOptions.of(SERIALIZABLE), Txns.lists(ring).then("9 ok " + reader))
        .findings()
        .getFirst()
        .claim();
  }

  private static CheckResult report(TransactionOptions options, Txns txns) {
    return new TransactionReport(txns.check(options), options)
        .result(new TransactionChecker(Workload.APPEND, options).name(), System.nanoTime());
  }

  private static Json detail(CheckResult result, String name) {
    return member(result.details().members(), name);
  }

  private static Json member(Map<String, Json> members, String name) {
    Json member = members.get(name);
    assertThat(member).as(name).isNotNull();
    return member == null ? Json.NULL : member;
  }

  private static Map<String, Json> members(CheckResult result, String name) {
    return ((Json.Obj) detail(result, name)).members();
  }

  private static Map<String, Json> onlyExample(Map<String, Json> anomaly) {
    List<Json> examples = ((Json.Array) member(anomaly, "examples")).values();
    assertThat(examples).hasSize(1);
    return ((Json.Obj) examples.getFirst()).members();
  }

  private static List<String> words(CheckResult result, String name) {
    return texts(detail(result, name));
  }

  private static List<String> texts(Json array) {
    return ((Json.Array) array).values().stream().map(each -> ((Json.Text) each).value()).toList();
  }
}
