/**
 * EDN, the notation in which Jepsen and Knossos keep histories, read into and written from {@link
 * dev.faultline.checkers.json.Json} values.
 *
 * <p><b>Problem.</b> Most histories in the world are Jepsen's {@code history.edn}. Only a small
 * part of EDN occurs in them, but files are large and sometimes edited by hand, so that a mistake
 * must be found by line and column.
 *
 * <p><b>Design.</b> {@link dev.faultline.checkers.edn.EdnReader} reads one value after the other
 * from a stream. JSON has fewer types than EDN, and what it lacks becomes the nearest it has:
 * keywords, symbols and characters become strings without their mark, lists, vectors and sets
 * become arrays, and a tagged value becomes the value without its tag. Map keys are keywords or
 * strings. Only the key of a micro-operation keeps its mark, if the same text came before it with
 * another: {@code [:r :x nil]} and {@code [:r "x" nil]} are of two keys. What {@link
 * dev.faultline.checkers.edn.EdnWriter} writes, the reader reads back.
 *
 * <pre>{@code
 * {:process 0, :type :invoke, :f :cas, :value [1 2], :time 1200}
 * }</pre>
 */
@NullMarked
package dev.faultline.checkers.edn;

import org.jspecify.annotations.NullMarked;
