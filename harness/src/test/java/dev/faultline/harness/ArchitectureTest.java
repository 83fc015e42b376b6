package dev.faultline.harness;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The arrows between the modules, as ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "dev.faultline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS_POINT_DOWNWARDS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.faultline..")
          .layer("harness")
          .definedBy("dev.faultline.harness..")
          .layer("workloads")
          .definedBy("dev.faultline.workloads..")
          .layer("nemeses")
          .definedBy("dev.faultline.nemeses..")
          .layer("results")
          .definedBy("dev.faultline.results..")
          .layer("checkers")
          .definedBy("dev.faultline.checkers..")
          .layer("raft-server")
          .definedBy("dev.faultline.raft..")
          .whereLayer("harness")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("workloads")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("nemeses")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("results")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("raft-server")
          .mayOnlyBeAccessedByLayers("harness")
          .whereLayer("checkers")
          .mayOnlyBeAccessedByLayers("harness", "workloads", "results");

  @ArchTest
  static final ArchRule CHECKERS_NEED_NOTHING_BUT_THE_JDK =
      ArchRuleDefinition.classes()
          .that()
          .resideInAPackage("dev.faultline.checkers..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify.annotations..", "dev.faultline.checkers..");

  @ArchTest
  static final ArchRule OPERATIONS_AND_GENERATORS_KNOW_NO_SYSTEM =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage(
              "dev.faultline.workloads.client..",
              "dev.faultline.workloads.generator..",
              "dev.faultline.workloads.register..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.etcd..",
              "io.grpc..",
              "dev.faultline.workloads.etcd..",
              "dev.faultline.workloads.jetcd..");
}
