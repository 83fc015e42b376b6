package dev.faultline.harness.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.harness.EnvironmentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImagesTest {

  private static final Optional<String> OURS = Optional.of("raft");
  private static final Optional<String> ETCD = Optional.of("etcd");

  private final Fake sources = new Fake();
  private final List<String> remarks = new ArrayList<>();
  private final Images images = new Images(sources, remarks::add);

  @Test
  void whatTheEngineHasIsEnough() throws Exception {
    sources.local = true;
    images.ensure("x/etcd", ETCD);
    images.ensure("somebody/else", Optional.empty());
    assertThat(sources.done).isEmpty();
  }

  @Test
  void whatItHasNotIsBuiltIfThereIsARecipeElsePulled() throws Exception {
    images.ensure("x/etcd", ETCD);
    images.ensure("x/raft", OURS);
    images.ensure("somebody/else", Optional.empty());
    sources.builds = false; // An installation without sources.
    images.ensure("x/etcd", ETCD);
    assertThat(sources.done)
        .containsExactly(
            "build etcd: x/etcd", "build raft: x/raft", "pull somebody/else", "pull x/etcd");
  }

  @Test
  void ourServerIsBroughtUpToDate() throws Exception {
    sources.local = true;
    images.ensure("x/raft", OURS);
    assertThat(sources.done).containsExactly("build raft: x/raft");
    assertThat(remarks).isEmpty();
  }

  @Test
  void ourServerAsItIsDoesWhereItCannotBeBroughtUpToDate() throws Exception {
    sources.local = true;
    sources.fails = true;
    images.ensure("x/raft", OURS);
    assertThat(remarks).singleElement().asString().contains("x/raft", "may be old", "no compiler");
  }

  @Test
  void whatCanBeHadNowhereIsAnError() {
    sources.fails = true;
    assertThatThrownBy(() -> images.ensure("x/raft", OURS))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("no compiler");
    assertThat(sources.done).as("a pull would hide why").containsExactly("build raft: x/raft");
  }

  private static final class Fake implements Images.Sources {

    private final List<String> done = new ArrayList<>();
    private boolean local;
    private boolean builds = true;
    private boolean fails;

    @Override
    public boolean isLocal(String reference) {
      return local;
    }

    @Override
    public boolean canBuild() {
      return builds;
    }

    @Override
    public void build(String recipe, String reference) throws EnvironmentException {
      done.add("build " + recipe + ": " + reference);
      if (fails) {
        throw new EnvironmentException("no compiler", "get one");
      }
    }

    @Override
    public void pull(String reference) {
      done.add("pull " + reference);
    }
  }
}
