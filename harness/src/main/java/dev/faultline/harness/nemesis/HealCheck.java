package dev.faultline.harness.nemesis;

import dev.faultline.nemeses.Cluster;
import dev.faultline.nemeses.Link;
import dev.faultline.nemeses.NodeCondition;
import dev.faultline.nemeses.fault.ActiveFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Looks whether links and nodes that a fault had touched, or is going to touch, are in order, in
 * rounds, until all are or time is up. What another fault holds is not waited for.
 */
final class HealCheck {

  private final StepContext context;
  private final Set<Link> links;
  private final Set<String> nodes;
  private final Set<String> cables;
  private final Consumer<List<String>> then;
  private final long deadlineNanos;
  private final Set<String> open = new HashSet<>();
  private boolean over;

  /**
   * Creates a check.
   *
   * @param links the links that are to answer a probe
   * @param nodes the nodes that are to run
   * @param cables the nodes that are to say how they stand, because they had been unplugged; where
   *     nodes cannot tell, their links have to do
   * @param patience how long to look
   * @param then told what is not in order; empty if all is well
   */
  HealCheck(
      StepContext context,
      Collection<Link> links,
      Collection<String> nodes,
      Collection<String> cables,
      Duration patience,
      Consumer<List<String>> then) {
    this.context = context;
    this.links = new TreeSet<>(links);
    this.nodes = new TreeSet<>(nodes);
    this.cables = new TreeSet<>(context.nodesTellHowTheyStand() ? cables : Set.of());
    this.then = then;
    this.deadlineNanos = context.loop().nowNanos() + patience.toNanos();
  }

  void look() {
    forgive();
    finishIfAllIsWell();
    if (over) {
      return;
    }
    if (context.loop().nowNanos() >= deadlineNanos) {
      finish();
      return;
    }
    Cluster cluster = context.cluster();
    List.copyOf(links)
        .forEach(
            link -> ask("probe " + link, links, link, () -> context.probe(link, 0), _ -> true));
    List.copyOf(nodes)
        .forEach(node ->
            ask(
                "condition " + node,
                nodes,
                node,
                () -> cluster.condition(node),
                NodeCondition.RUNNING::equals));
    List.copyOf(cables)
        .forEach(
            node -> ask("status " + node, cables, node, () -> cluster.status(node), _ -> true));
    context.loop().after(context.timing().gap().toNanos(), this::look);
  }

  private <S, A> void ask(
      String name,
      Set<S> missing,
      S subject,
      Supplier<CompletionStage<A>> question,
      Predicate<A> well) {
    if (!open.add(name)) {
      return; // The last question is still open.
    }
    context
        .calls()
        .call(
            question,
            context.timing().question(),
            (answer, _) -> {
              open.remove(name);
              if (answer != null && well.test(answer)) {
                missing.remove(subject);
                finishIfAllIsWell();
              }
            });
  }

  private void finishIfAllIsWell() {
    if (links.isEmpty() && nodes.isEmpty() && cables.isEmpty()) {
      finish();
    }
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    List<String> missing = new ArrayList<>();
    links.forEach(link -> missing.add(link + " does not answer"));
    nodes.forEach(node -> missing.add(node + " is not seen to run"));
    cables.forEach(node -> missing.add(node + " does not say how it stands"));
    then.accept(missing);
  }

  /** Leaves out what other faults hold, and what can never come back. */
  private void forgive() {
    ActiveFaults active = context.keeper().faults();
    Visibility visibility = new Visibility(context.cluster(), active);
    Set<String> exited = context.exited();
    nodes.removeIf(node -> exited.contains(node) || !visibility.runs(node));
    cables.removeIf(node -> exited.contains(node) || !active.answers(node));
    links.removeIf(link ->
        !visibility.untouched(link) || exited.contains(link.from()) || exited.contains(link.to()));
  }
}
