package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Makes jars of source text, as a user would build a plugin. */
final class PluginFixture {

  private static final String SERVICE =
      "META-INF/services/dev.faultline.harness.system.SystemUnderTest";

  /** The source of a driver that opens etcd clients and tells nothing of its nodes. */
  static final String SILENT_DRIVER =
      """
      public final class Silent implements dev.faultline.harness.system.SystemDriver {
        @Override
        public dev.faultline.workloads.client.ClientFactory clients(
            java.util.Map<String, java.net.InetSocketAddress> endpoints,
            java.time.Duration timeout) {
          return new dev.faultline.workloads.jetcd.JetcdClientFactory(endpoints, timeout);
        }
      }
      """;

  private final Path directory;

  /** Works in {@code directory}, which has to be empty. */
  PluginFixture(Path directory) {
    this.directory = directory;
  }

  /** Returns the source of a class that disguises the bundled server as {@code name}. */
  static String system(String className, String name) {
    return """
    public final class %s extends dev.faultline.harness.cli.PluggableRaft {
      public %s() {
        super("%s");
      }
    }
    """
        .formatted(className, className, name);
  }

  /** Compiles the class {@code name} and packs it, as a service if {@code asService}. */
  Path jar(String name, String source, boolean asService) throws IOException {
    Path classes = compile(name, source);
    Path jar = directory.resolve(name + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : filesIn(classes)) {
        add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
      if (asService) {
        add(out, SERVICE, ("plugged." + name + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private Path compile(String name, String source) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".java"), "package plugged;\n" + source);
    Path classes = Files.createDirectories(directory.resolve(name + "-classes"));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    int status =
        javac.run(
            System.out,
            System.err,
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            file.toString());
    assertThat(status).as("javac %s", file).isZero();
    return classes;
  }

  private static List<Path> filesIn(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
