package dev.faultline.harness.system;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes drivers of the names that users give. */
final class Drivers {

  /** The API that is spoken unless a file says otherwise. */
  static final String ETCD_V3 = "etcd-v3";

  private Drivers() {}

  /**
   * Makes the driver of the class called {@code name}.
   *
   * @throws SystemFileException if there is no such class, or it is none that can be used
   */
  static SystemDriver named(Placed.Text name, ClassLoader loader) throws SystemFileException {
    Class<?> found = load(name, loader);
    if (!SystemDriver.class.isAssignableFrom(found)) {
      throw wrong(
          name, "does not implement " + SystemDriver.class.getName() + ", as a client class must");
    }
    return instance(name, constructor(name, found.asSubclass(SystemDriver.class)));
  }

  private static Class<?> load(Placed.Text name, ClassLoader loader) throws SystemFileException {
    try {
      return Class.forName(name.value(), false, loader);
    } catch (ClassNotFoundException _) {
      throw wrong(name, "is not on the class path; name the jar that it is in with --plugin");
    } catch (LinkageError e) { // A class of a later Java, or one that lacks what it extends.
      throw wrong(name, "cannot be loaded: " + e);
    }
  }

  private static Constructor<? extends SystemDriver> constructor(
      Placed.Text name, Class<? extends SystemDriver> type) throws SystemFileException {
    try {
      return type.getConstructor();
    } catch (NoSuchMethodException _) {
      throw wrong(name, "has no public constructor without parameters");
    }
  }

  private static SystemDriver instance(
      Placed.Text name, Constructor<? extends SystemDriver> constructor)
      throws SystemFileException {
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw wrong(name, "cannot be made, its constructor throws " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw wrong(name, "cannot be made, it must be a public class that is not abstract: " + e);
    }
  }

  private static SystemFileException wrong(Placed.Text name, String what) {
    return new SystemFileException(name.where(), "the class " + name.value() + " " + what);
  }
}
