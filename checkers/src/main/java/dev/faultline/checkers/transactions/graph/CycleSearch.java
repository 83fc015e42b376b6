package dev.faultline.checkers.transactions.graph;

import dev.faultline.checkers.transactions.graph.CycleClass.Form;
import dev.faultline.checkers.transactions.models.Anomaly;
import dev.faultline.checkers.transactions.models.ModelLattice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds which classes of cycles a component has, with a shortest cycle of each.
 *
 * <p>Classes that follow from one already found in the component are left out: who has seen a G0
 * need not be shown that there is a G1c too.
 */
public final class CycleSearch {

  private final DependencyGraph graph;
  private final ModelLattice lattice;
  private final List<Form> forms;
  private final Deadline deadline;

  /**
   * Prepares a search.
   *
   * @param graph the dependencies
   * @param lattice says which anomalies are special cases of which
   * @param orders the orders in the graph beside that of data: bits of {@link Dependency#PROCESS}
   *     and {@link Dependency#REALTIME}
   * @param deadline when to stop; {@link Deadline#struck} tells whether it had to
   */
  public CycleSearch(DependencyGraph graph, ModelLattice lattice, int orders, Deadline deadline) {
    this.graph = graph;
    this.lattice = lattice;
    this.deadline = deadline;
    this.forms = new ArrayList<>();
    for (Form form : Form.values()) {
      if (form == Form.DATA || (orders & form.kind()) != 0) {
        forms.add(form);
      }
    }
  }

  /**
   * Returns a cycle of each class that there is in {@code members}, the gravest first.
   *
   * @param members the transactions of a component, in ascending order
   */
  public List<Cycle> search(int[] members) {
    List<Cycle> found = new ArrayList<>();
    try {
      search(Component.of(graph, members, deadline), found);
    } catch (OutOfTimeException _) {
      // What was found until then is there.
    }
    return found;
  }

  private void search(Component component, List<Cycle> found) {
    Set<Anomaly> known = EnumSet.noneOf(Anomaly.class);
    for (Form form : forms) {
      int[] apart = component.withinApart(CycleClass.nonadjacent(form).way());
      look(component, CycleClass.writes(form), null, known, found);
      look(component, CycleClass.reads(form), null, known, found);
      look(component, CycleClass.single(form), apart, known, found);
      look(component, CycleClass.nonadjacent(form), apart, known, found);
      look(component, CycleClass.any(form), null, known, found);
    }
  }

  private void look(
      Component component,
      CycleClass wanted,
      int @Nullable [] within,
      Set<Anomaly> known,
      List<Cycle> found) {
    if (known.contains(wanted.anomaly()) || deadline.isOver()) {
      return;
    }
    Cycle cycle =
        new WitnessSearch(
                component, wanted, within == null ? component.within(wanted) : within, deadline)
            .shortest();
    if (cycle != null) {
      found.add(cycle);
      known.addAll(lattice.implied(wanted.anomaly()));
    }
  }
}
