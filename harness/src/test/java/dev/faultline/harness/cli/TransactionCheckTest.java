package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.checkers.Budget;
import dev.faultline.checkers.CheckResult;
import dev.faultline.harness.scenario.ScenarioException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionCheckTest {

  /** Two transactions, one after the other; the second did not see the first. */
  private static final String STALE =
      """
      {"process":0,"type":"invoke","f":"txn","value":[["append","x",1]]}
      {"process":0,"type":"ok","f":"txn","value":[["append","x",1]]}
      {"process":1,"type":"invoke","f":"txn","value":[["r","x",null]]}
      {"process":1,"type":"ok","f":"txn","value":[["r","x",null]]}
      """;

  @TempDir Path directory;

  @Test
  void theModelDecidesWhetherAStaleReadIsAllowed() throws Exception {
    Path file = Files.writeString(directory.resolve("stale.ndjson"), STALE);
    CheckResult strict =
        new TransactionCheck("append", "", "", false, false, false).check(file, Budget.standard());
    assertThat(strict.verdict().word()).isEqualTo("INVALID");
    assertThat(strict.summary()).contains("G-single-item-realtime");
    CheckResult serializable =
        new TransactionCheck("append", "serializable,PL-2", "", false, false, false)
            .check(file, Budget.standard());
    assertThat(serializable.verdict().word()).isEqualTo("VALID");
    CheckResult anomaly =
        new TransactionCheck("append", "", "G-single-realtime", false, false, false)
            .check(file, Budget.standard());
    assertThat(anomaly.verdict().word()).isEqualTo("INVALID");
  }

  @Test
  void unknownNamesAreAnsweredWithTheNearest() {
    assertThatThrownBy(
            () -> new TransactionCheck("append", "serialisable", "", false, false, false).checker())
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("serializable");
    assertThatThrownBy(() -> new TransactionCheck("apend", "", "", false, false, false).checker())
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("append");
  }
}
