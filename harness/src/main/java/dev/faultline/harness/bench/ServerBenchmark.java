package dev.faultline.harness.bench;
public final class ServerBenchmark {
  public ServerBenchmark(int a, int b) {}
  public void run(java.io.PrintWriter out) throws java.io.IOException {}
}
