package dev.faultline.checkers.linearizability;

import dev.faultline.checkers.json.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call seen as an access to a register: one that needs a value, leaves a value or both, or one
 * that refutes a value and does nothing else.
 *
 * @param needs the value that the register must have when the call takes effect, or null if any
 * @param refutes the value that the register must not have then, or null if any
 * @param leaves the value that the register has afterwards, or null if the call changes nothing
 */
public record RegisterAccess(@Nullable Json needs, @Nullable Json refutes, @Nullable Json leaves) {

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if it refutes a value and also needs or leaves one
   */
  public RegisterAccess {
    if (refutes != null && (needs != null || leaves != null)) {
      throw new IllegalArgumentException(
          "an access that refutes "
              + refutes
              + " must not need or leave a value, but this one needs "
              + Objects.toString(needs, "none")
              + " and leaves "
              + Objects.toString(leaves, "none"));
    }
  }
}
