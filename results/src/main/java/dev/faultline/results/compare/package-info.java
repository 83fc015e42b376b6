/**
 * Systems side by side: the figures of one run, the comparison of many, and how it is kept and
 * shown.
 *
 * <p><b>The problem.</b> Two systems were run in turns, with the same workload and the same plan of
 * faults. Who kept its promises, and who recovered faster? The second question is easily answered
 * wrongly. Percentiles flatter a system that stalls, because the load stalled with it. Latencies of
 * successes flatter a system that refuses. A median of three runs names a winner where there is
 * none. A leader that changed because the harness killed it is held against the server. And a
 * difference may come from a setting and not from the system at all.
 *
 * <p><b>The design.</b>
 *
 * <ul>
 *   <li>{@link dev.faultline.results.compare.RunFigures} are worked out from a history alone, by
 *       {@link dev.faultline.results.compare.Condition condition}: outside of faults, and during
 *       each kind. {@link dev.faultline.results.compare.Latencies} keeps what was seen and what was
 *       omitted beside each other, and can be merged over runs.
 *   <li>{@link dev.faultline.results.compare.FaultTimes} tells of each fault how soon clients were
 *       served after its start and after its end, and the longest outage between.
 *   <li>{@link dev.faultline.results.compare.MetricsCollector} takes what nodes answer at {@code
 *       /metrics} while a run goes on, in Prometheus' text format under etcd's names, and keeps the
 *       little that is looked at. {@link dev.faultline.results.compare.ServerMetrics} says what
 *       follows. A metric that a system does not offer is null, never 0.
 *   <li>{@link dev.faultline.results.compare.Comparison} puts all rounds of all systems together.
 *       Its conclusion names promises first, and a faster system only if chance is no explanation
 *       for the difference; settings that are not like for like are marked.
 *   <li>{@link dev.faultline.results.compare.CompareScreen} and {@link
 *       dev.faultline.results.compare.CompareMarkdown} show it.
 * </ul>
 *
 * <p>Nothing here talks to a cluster, and nothing here judges a history.
 *
 * <p><b>An example.</b>
 *
 * <pre>{@code
 * MetricsCollector collector = new MetricsCollector();
 * collector.answered(nanosSinceStart, "n1", body);   // every second, each node
 * collector.silent(nanosSinceStart, "n2");
 * ...
 * RunFigures figures = RunFigures.of(history, RunFigures.expectedInterval(20, 400));
 * ServerMetrics metrics = collector.summarize(history, Duration.ofSeconds(1));
 * runs.add(new ComparedRun.Judged(
 *     "etcd", 1, directory, summary, results, figures, metrics, Map.of("heartbeat", "100 ms")));
 * ...
 * Comparison comparison = Comparison.of(runs);
 * comparison.write(out.resolve("compare.json"));
 * CompareMarkdown.write(out.resolve("compare.md"), comparison);
 * System.out.print(new CompareScreen(true).render(comparison, out));
 * }</pre>
 */
@NullMarked
package dev.faultline.results.compare;

import org.jspecify.annotations.NullMarked;
