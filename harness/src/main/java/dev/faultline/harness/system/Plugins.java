package dev.faultline.harness.system;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** Jars with classes of a user's own. */
public final class Plugins {

  private Plugins() {}

  /**
   * Returns a loader of the classes in {@code jars}, beside those on the class path. It stays open
   * as long as the process lives, for classes are loaded when they are first used.
   *
   * @throws SystemFileException if one is not there, or is no jar
   */
  public static ClassLoader loader(List<Path> jars) throws SystemFileException {
    ClassLoader ours = Plugins.class.getClassLoader();
    if (jars.isEmpty()) {
      return ours;
    }
    List<URL> places = new ArrayList<>();
    for (Path jar : jars) {
      places.add(place(jar));
    }
    return new URLClassLoader("plugins", places.toArray(URL[]::new), ours);
  }

  /** A class loader passes over what it cannot read, and then misses a class. */
  private static URL place(Path jar) throws SystemFileException {
    if (!Files.isRegularFile(jar)) {
      throw new SystemFileException("plugin", "there is no jar " + jar);
    }
    try (var _ = new ZipFile(jar.toFile())) {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new SystemFileException("plugin", jar + " is no jar: " + e.getMessage());
    }
  }
}
