/**
 * What is kept of a run, and what is shown of it.
 *
 * <p><b>The problem.</b> A violation found at three in the morning is worth what a person can make
 * of it at nine: whether it is real, what exactly happened, and how to see it again. That needs two
 * things from one place. Everything that was recorded must still be there, in formats that other
 * programs read; and one screen must say what matters, without asking the reader to open any of it.
 *
 * <p><b>The design.</b>
 *
 * <ul>
 *   <li>{@link dev.faultline.results.RunDirectory} is the place: one directory for each run, never
 *       reused, with {@code latest} pointing at the newest.
 *   <li>{@link dev.faultline.results.RunSummary} ({@code run.json}) and {@link
 *       dev.faultline.results.RunResults} ({@code results.json}) are what machines read. Both carry
 *       a version and are read strictly: an unknown or a missing member is an error that names
 *       file, line and column, because a summary that is silently half understood is worse than
 *       none.
 *   <li>{@link dev.faultline.results.FinalScreen} is what people read. {@link
 *       dev.faultline.results.JunitXml} and {@link dev.faultline.results.SummaryMarkdown} say the
 *       same to a CI server, {@link dev.faultline.results.CheckJson} to a script.
 *   <li>{@link dev.faultline.results.ExitCode} is the last word, also for several runs at once.
 * </ul>
 *
 * <p>Everything here is computed from summaries, check results and the history; nothing here
 * judges.
 *
 * <p><b>An example.</b>
 *
 * <pre>{@code
 * RunDirectory directory = RunDirectory.create(Path.of("results/runs"), "register", Instant.now());
 * ... // the run writes history.ndjson and the others
 * summary.write(directory.runJson());
 * String screen = new FinalScreen(false).render(summary, history, results, directory.path());
 * JunitXml.write(directory.junitXml(), List.of(new FinishedRun(summary, screen, directory.path())));
 * }</pre>
 */
@NullMarked
package dev.faultline.results;

import org.jspecify.annotations.NullMarked;
