package dev.faultline.checkers.linearizability;

import java.util.List;
import java.util.Optional;

/** The models that can be chosen by name. */
public final class Models {

  private static final List<Model<?>> ALL =
      List.of(new Register("cas-register", true), new Register("register", false));

  private Models() {}

  /** Returns the model called {@code name}, if there is one. */
  public static Optional<Model<?>> named(String name) {
    return ALL.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /** Returns the names of all models, for lists and for "did you mean". */
  public static List<String> names() {
    return ALL.stream().<String>map(Model::name).toList();
  }
}
