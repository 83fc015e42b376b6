package dev.faultline.raft.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.Random;
import java.util.Scanner;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;

/** What the consensus core may touch, and who may know of deviations. */
@AnalyzeClasses(
    packages = "dev.faultline.raft",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RaftArchitectureTest {

  private static final String CORE = "dev.faultline.raft.core";

  /** No clock, thread, random number, file or socket can be had with these alone. */
  @ArchTest
  static final ArchRule theCoreIsPure =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      CORE,
                      "java.lang",
                      "java.lang.invoke",
                      "java.lang.runtime",
                      "java.util",
                      "java.util.function",
                      "org.jspecify.annotations")
                  .or(belongToAnyOf(Duration.class))
                  .and(
                      not(
                          belongToAnyOf(
                              System.class,
                              Thread.class,
                              ThreadLocal.class,
                              Runtime.class,
                              Process.class,
                              ProcessBuilder.class,
                              Random.class,
                              SplittableRandom.class,
                              UUID.class,
                              Timer.class,
                              TimerTask.class,
                              Scanner.class,
                              ServiceLoader.class))));

  @ArchTest
  static final ArchRule theCoreDrawsNoRandomNumbers =
      noClasses().that().resideInAPackage(CORE).should().callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule onlyTheServersEntryKnowsDeviations =
      noClasses()
          .that(
              not(
                  resideInAPackage("dev.faultline.raft.deviation..")
                      .or(resideInAPackage("dev.faultline.raft.server.."))))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.faultline.raft.deviation..");
}
