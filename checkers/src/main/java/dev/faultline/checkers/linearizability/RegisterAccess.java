package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A call seen as an access to a register.
 *
 * @param needs the value that the register must have when the call takes effect, or null if any
 * @param refutes the value that the register must not have then, or null if any
 * @param leaves the value that the register has afterwards, or null if the call changes nothing
 */
public record RegisterAccess(@Nullable Json needs, @Nullable Json refutes, @Nullable Json leaves) {}
