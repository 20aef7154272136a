package io.araldo.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What must not depend on what. */
@AnalyzeClasses(packages = "io.araldo", importOptions = ImportOption.DoNotIncludeTests.class)
class ConfigArchitectureTest {
    @ArchTest
    static final ArchRule theCoreDoesNotKnowThatThereAreFiles = noClasses()
            .that()
            .resideInAPackage("io.araldo")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.araldo.config");

    @ArchTest
    static final ArchRule fewClassesKnowTheParser = noClasses()
            .that()
            .resideInAPackage("io.araldo.config")
            .and()
            .doNotHaveSimpleName("YamlReader")
            .and()
            .doNotHaveSimpleName("SyntaxProblem")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "org.snakeyaml..");

    @ArchTest
    static final ArchRule publicTypesAreTheApiAndTheSpi = classes()
            .that()
            .resideInAPackage("io.araldo.config")
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should()
            .haveNameMatching("io\\.araldo\\.config\\.(RelayConfig|ConfigException|LogLevel"
                    + "|EndpointProvider|MarshallerProvider|ProviderContext|Setting|Direction)");
}
