# Sourced by ./mvnw and ./faultline: sets JAVA_HOME to a JDK 25 (25.0.3 or later), whatever `java` is first on the path.
# JAVA_HOME is taken first, then the JDKs that lie where package managers and installers put them.

jdk25_fits() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk25_version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release")
  case "$jdk25_version" in
    25.0.[0-2] | 25.0.[0-2].* | 25) return 1 ;; # JDK-8377811: the collector may move pinned objects
    25.*) return 0 ;;
    2[6-9]* | [3-9][0-9]*) return 0 ;;
    *) return 1 ;;
  esac
}

jdk25_find() {
  for jdk25_dir in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$jdk25_dir" ] && jdk25_fits "$jdk25_dir"; then
      JAVA_HOME=$jdk25_dir
      export JAVA_HOME
      return 0
    fi
  done
  jdk25_java=$(command -v java 2>/dev/null) || jdk25_java=
  if [ -n "$jdk25_java" ]; then
    jdk25_dir=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    if [ -n "$jdk25_dir" ] && jdk25_fits "$jdk25_dir"; then
      JAVA_HOME=$jdk25_dir
      export JAVA_HOME
      return 0
    fi
  fi
  echo "$1: no JDK 25.0.3 or later found. Install one (https://adoptium.net/temurin/releases/?version=25) or set JAVA_HOME." >&2
  return 1
}
