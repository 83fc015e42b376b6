package dev.faultline.harness.bench;
public final class InterpreterBenchmark {
  public InterpreterBenchmark(int a, int b) {}
  public static void run(java.io.PrintWriter out) throws java.io.IOException {}
}
