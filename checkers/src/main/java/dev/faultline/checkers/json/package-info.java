/**
 * A small JSON tree with its own reader and writer, because this module depends on nothing.
 *
 * <p><b>Problem.</b> A history is millions of short lines, written by programs that may have been
 * killed in the middle of one, and a reader of such a file owes its user the place and the cause of
 * whatever is wrong with it. It must not be possible to exhaust the stack or to lose a digit of a
 * 64-bit value on the way.
 *
 * <p><b>Design.</b> {@link dev.faultline.checkers.json.Json} is an immutable tree. {@link
 * dev.faultline.checkers.json.JsonReader} is strict (RFC 8259, and each member at most once), works
 * on UTF-8 bytes, limits depth, and says line, column and what it expected. The outermost object
 * can be pulled member by member, so that a line of a history never becomes a map. {@link
 * dev.faultline.checkers.json.JsonWriter} appends to a {@code StringBuilder} that its caller
 * reuses.
 *
 * <p><b>Example.</b>
 *
 * <pre>{@code
 * Json json = JsonReader.parse("[1, {\"a\": null}]");
 * JsonWriter.toString(json);          // [1,{"a":null}]
 * JsonReader.parse("[1,\n x]");       // JsonSyntaxException: line 2, column 2: expected a value, found 'x'
 * }</pre>
 */
@NullMarked
package dev.faultline.checkers.json;

import org.jspecify.annotations.NullMarked;
