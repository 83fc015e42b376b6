/**
 * The history of a run: what every process invoked and what came of it.
 *
 * <p><b>Problem.</b> The history is the only witness. It is written while the system under test is
 * being broken, perhaps by a harness that is itself killed; it is read by checkers that need ten
 * million operations in memory, and by people and other tools who have nothing but the file.
 *
 * <p><b>On disk</b> it is one JSON object a line. File order is the truth, {@code time}
 * (nanoseconds since the run began) never decreases, and the line number, from 0, is the index:
 *
 * <pre>{@code
 * {"index":0,"time":1200,"process":3,"type":"invoke","f":"cas","key":"k7","value":[1,2],"node":"n1"}
 * {"index":1,"time":9800,"process":3,"type":"fail","f":"cas","key":"k7","value":[1,2],"node":"n1",
 *  "error":{"code":"compare-failed","message":"found 5","definite":true}}
 * {"index":2,"time":9900,"process":"nemesis","type":"info","f":"start","value":{"id":"f1","fault":"kill"}}
 * }</pre>
 *
 * <p>Only {@code process}, {@code type}, {@code f} and {@code value} are required of a file that
 * others wrote. {@link dev.faultline.checkers.history.HistoryLines} writes such lines, {@link
 * dev.faultline.checkers.history.HistoryReader} reads them back, plain or gzipped. A last line that
 * the writer did not finish is dropped; an operation that never completed is indeterminate.
 * Anything else that is wrong is a {@link dev.faultline.checkers.history.HistoryFormatException}
 * with file, line, column and remedy: a checker must never reason from a history that was misread.
 *
 * <p><b>In memory</b> ({@link dev.faultline.checkers.history.History}) it is columns: primitive
 * arrays in chunks of 16,384 events, strings interned to numbers, values as one {@code long} each
 * where they are small integers or pairs of them. An event takes 32 bytes, with {@code error} or
 * {@code meta} about 20 more. {@link dev.faultline.checkers.history.HistoryBuilder} fills the
 * columns and pairs each completion with its invocation on the way.
 *
 * <pre>{@code
 * History history = HistoryReader.read(Path.of("history.ndjson"));
 * for (int i = 0; i < history.size(); i++) {
 *   if (history.type(i) == EventType.INVOKE && history.counterpart(i) < 0) {
 *     // never completed: it may still take effect, or never
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.faultline.checkers.history;

import org.jspecify.annotations.NullMarked;
