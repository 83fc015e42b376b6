package dev.faultline.checkers.transactions.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.faultline.checkers.json.Json;
import dev.faultline.checkers.json.JsonReader;
import dev.faultline.checkers.transactions.GoldenData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ModelLatticeTest {

  private final ModelLattice lattice = new ModelLattice();

  @Test
  void strictSerializableIsTheStrongestOfTheTransactionalModels() {
    for (ConsistencyModel model : ConsistencyModel.values()) {
      assertThat(lattice.implies(ConsistencyModel.STRICT_SERIALIZABLE, model))
          .as(model.word())
          .isTrue();
    }
  }

  @Test
  void writeSkewIsAllowedBySnapshotIsolationAndNotBySerializability() {
    assertThat(lattice.prohibited(ConsistencyModel.SNAPSHOT_ISOLATION))
        .doesNotContain(Anomaly.G2_ITEM)
        .contains(Anomaly.G_NONADJACENT_ITEM, Anomaly.G_SINGLE_ITEM, Anomaly.LOST_UPDATE);
    assertThat(lattice.prohibited(ConsistencyModel.SERIALIZABLE)).contains(Anomaly.G2_ITEM);
    assertThat(lattice.impossible(EnumSet.of(Anomaly.G2_ITEM)).not())
        .containsExactly(ConsistencyModel.REPEATABLE_READ);
  }

  @Test
  void anomaliesOfRealTimeLeaveModelsWithoutRealTimeStanding() {
    ModelLattice.Impossible out = lattice.impossible(EnumSet.of(Anomaly.G_SINGLE_ITEM_REALTIME));
    assertThat(out.not()).containsExactly(ConsistencyModel.STRONG_SNAPSHOT_ISOLATION);
    assertThat(out.alsoNot()).containsExactly(ConsistencyModel.STRICT_SERIALIZABLE);
  }

  @Test
  void everyModelAndAnomalyIsFoundByItsNames() {
    for (ConsistencyModel model : ConsistencyModel.values()) {
      assertThat(ConsistencyModel.named(model.word())).contains(model);
      model.aliases().forEach(alias -> assertThat(ConsistencyModel.named(alias)).contains(model));
    }
    for (Anomaly anomaly : Anomaly.values()) {
      assertThat(Anomaly.named(anomaly.word())).contains(anomaly);
    }
    assertThat(ConsistencyModel.named("serialisable")).isEmpty();
  }

  @Test
  void everyModelProhibitsWhatTheTableSays() throws IOException {
    Map<String, Json> table = table("modelProhibits");
    assertThat(table).hasSize(ConsistencyModel.values().length);
    table.forEach((name, prohibited) -> {
      ConsistencyModel model = ConsistencyModel.named(name).orElseThrow();
      Set<String> ours =
          lattice.prohibited(model).stream()
              .filter(anomaly -> anomaly != Anomaly.GARBAGE_READ) // Not looked for by Elle.
              .map(Anomaly::word)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(ours).as(name).isEqualTo(known(prohibited));
    });
  }

  @Test
  void everyAnomalyRulesOutWhatTheTableSays() throws IOException {
    table("anomalyBoundary")
        .forEach((name, boundary) -> {
          Optional<Anomaly> anomaly = Anomaly.named(name);
          if (anomaly.isPresent()) {
            ModelLattice.Impossible ours = lattice.impossible(EnumSet.of(anomaly.get()));
            Map<String, Json> theirs = ((Json.Obj) boundary).members();
            assertThat(models(ours.not()))
                .as(name)
                .isEqualTo(models(theirs.getOrDefault("not", Json.NULL)));
            assertThat(models(ours.alsoNot()))
                .as(name)
                .isEqualTo(models(theirs.getOrDefault("alsoNot", Json.NULL)));
          }
        });
  }

  @Test
  void manyModelsHaveOtherNames() {
    assertThat(ConsistencyModel.SERIALIZABLE.aliases())
        .containsExactly("PL-3", "conflict-serializable");
    assertThat(ConsistencyModel.named("PL-SS")).contains(ConsistencyModel.STRICT_SERIALIZABLE);
    assertThat(ConsistencyModel.named("none")).isEmpty();
  }

  @Test
  void allCyclesOfItemsAreFoundAndClassesOfThemAreNot() {
    assertThat(Anomaly.INTERNAL.isFound()).isTrue();
    assertThat(Anomaly.G2_ITEM_REALTIME.isFound()).isTrue();
    assertThat(Anomaly.G1.isFound()).isFalse();
    assertThat(Anomaly.PREDICATE_READ_MISS.isFound()).isFalse();
  }

  private static Map<String, Json> table(String name) throws IOException {
    Optional<Path> file = GoldenData.file("models.json");
    assumeTrue(file.isPresent(), "there is no elle/models.json where faultline.data says");
    Json.Obj all = (Json.Obj) JsonReader.parse(Files.readString(file.orElseThrow()));
    return ((Json.Obj) all.members().getOrDefault(name, Json.NULL)).members();
  }

  private static Set<String> known(Json words) {
    return ((Json.Array) words)
        .values().stream()
            .map(word -> ((Json.Text) word).value())
            .filter(word -> Anomaly.named(word).isPresent())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<ConsistencyModel> models(List<ConsistencyModel> models) {
    return Set.copyOf(models);
  }

  private static Set<ConsistencyModel> models(Json words) {
    return ((Json.Array) words)
        .values().stream()
            .map(word -> ConsistencyModel.named(((Json.Text) word).value()).orElseThrow())
            .collect(Collectors.toSet());
  }
}
