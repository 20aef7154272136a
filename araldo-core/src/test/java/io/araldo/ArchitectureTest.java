package io.araldo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the core may depend on, and what it shows. */
@AnalyzeClasses(packages = "io.araldo", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Whoever adds a public type to the core adds it here, and so has a reason. */
    private static final Set<String> API = Set.of(
            "Acknowledgement",
            "AraldoException",
            "Backoff",
            "DropReason",
            "Endpoint",
            "EndpointException",
            "Health",
            "Inbox",
            "DrainReport",
            "Ledger",
            "Link",
            "LinkContext",
            "LocalEndpoint",
            "Marshaller",
            "MarshallingException",
            "Message",
            "MockEndpoint",
            "Origin",
            "Outcome",
            "Overflow",
            "Payload",
            "PlanException",
            "Relay",
            "RelayBuilder",
            "RelayEvent",
            "RelayPlan",
            "Route",
            "RouteBuilder",
            "Router",
            "Strain");

    private static final DescribedPredicate<JavaClass> OURS_OR_THE_PLATFORMS = resideInAnyPackage("io.araldo", "java..")
            .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive));

    @ArchTest
    static final ArchRule SIGNATURES_NAME_NO_THIRD_PARTY =
            classes().that().resideInAPackage("io.araldo").and().arePublic().should(nameOnlyOurTypesOrThePlatforms());

    @ArchTest
    static final ArchRule CORE_DOES_NOT_KNOW_ITS_CONFIGURATION = noClasses()
            .that()
            .resideInAPackage("io.araldo")
            .should()
            .dependOnClassesThat(resideInAPackage("io.araldo.config.."));

    @ArchTest
    static final ArchRule JACKSON_STAYS_WHERE_IT_IS_CAUGHT_MISSING = noClasses()
            .that()
            .resideInAPackage("io.araldo")
            .and()
            .doNotHaveSimpleName("JsonMarshaller")
            .and()
            .doNotHaveSimpleName("JsonEnvelope")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..");

    @ArchTest
    static final ArchRule WHAT_IS_NO_API_IS_FINAL = classes()
            .that()
            .resideInAPackage("io.araldo")
            .and()
            .areNotPublic()
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .bePackagePrivate()
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static void publicTypesAreTheseAndNoOthers(JavaClasses all) {
        Set<String> found = all.stream()
                .filter(type -> type.getPackageName().equals("io.araldo"))
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(API);
    }

    private static ArchCondition<JavaClass> nameOnlyOurTypesOrThePlatforms() {
        return new ArchCondition<>("name only types of io.araldo or the platform in their signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                report(type.getName(), parents, events);
                type.getMembers().stream()
                        .filter(ArchitectureTest::isVisible)
                        .forEach(member -> report(member.getFullName(), typesOf(member), events));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Stream<JavaType> parameters = code.getParameterTypes().stream();
        Stream<JavaType> thrown = code.getExceptionTypes().stream().map(JavaType.class::cast);
        return Stream.concat(Stream.concat(parameters, thrown), Stream.of(code.getReturnType()));
    }

    /** With all type arguments. */
    private static void report(String where, Stream<JavaType> types, ConditionEvents events) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .forEach(type -> events.add(new SimpleConditionEvent(
                        type, OURS_OR_THE_PLATFORMS.test(type), where + " names " + type.getName())));
    }
}
