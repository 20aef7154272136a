package io.araldo.micrometer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Micrometer is optional: whoever does not use this package must not need it. */
@AnalyzeClasses(packages = "io.araldo", importOptions = ImportOption.DoNotIncludeTests.class)
class MicrometerArchitectureTest {
    @ArchTest
    static final ArchRule MICROMETER_STAYS_HERE = noClasses()
            .that()
            .resideOutsideOfPackage("io.araldo.micrometer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.araldo.micrometer");

    @ArchTest
    static final ArchRule ONE_TYPE_IS_PUBLIC = classes()
            .that()
            .resideInAPackage("io.araldo.micrometer")
            .and()
            .areTopLevelClasses()
            .and()
            .arePublic()
            .should()
            .haveSimpleName("RelayMetrics");
}
