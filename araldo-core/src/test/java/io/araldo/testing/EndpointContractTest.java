package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The contract finds what it is there to find: each planted mistake is caught by the rule that names it, and no other. */
class EndpointContractTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (E\\d\\d) \\| ([^|]+) \\|");

    private static final DiscoverySelector ALL = selectClass(PlantedContract.class);

    /** Whether all rules are tried on each mistake, to see that no other one catches it: in the profile soak. */
    private static final boolean THOROUGH = Boolean.getBoolean("araldo.contract.thorough");

    /** Made by the endpoint of {@link PlantedContract}. */
    private static volatile Mistake mistake = Mistake.NONE;

    static class PlantedContract extends EndpointContract {
        @Override
        protected Outside outside() {
            PlantedPlace place = new PlantedPlace();
            return Outside.builder(() -> PlantedEndpoint.in(place, mistake))
                    .unopenable(() -> PlantedEndpoint.unopenable(place, mistake), "here:1")
                    .secrets(PlantedEndpoint.PASSWORD)
                    .says(place::say)
                    .hears(place::heard)
                    .cuts(place::cut)
                    .mends(place::mend)
                    .stalls(place::stall)
                    .connections(place.connections::get)
                    .patience(Duration.ofSeconds(1))
                    .quiet(Duration.ofMillis(20))
                    .closes(place::close)
                    .build();
        }
    }

    @ParameterizedTest
    @EnumSource(Mistake.class)
    void eachMistakeIsCaughtByTheRuleThatNamesItAndNoOther(Mistake planted) {
        mistake = planted;
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(planted == Mistake.NONE || THOROUGH ? ALL : rule(planted.rule()))
                .execute()
                .testEvents();
        assertThat(tests.skipped().count()).isZero();
        assertThat(tests.aborted().count()).isZero();
        List<String> broken = tests.failed().stream()
                .map(event -> event.getTestDescriptor().getDisplayName().substring(0, 3))
                .toList();
        assertThat(broken).isEqualTo(planted == Mistake.NONE ? List.of() : List.of(planted.rule()));
    }

    @Test
    void eachRuleIsBrokenByAMistake() {
        List<String> named = Arrays.stream(Mistake.values())
                .map(Mistake::rule)
                .filter(rule -> !rule.isEmpty())
                .distinct()
                .toList();
        assertThat(named)
                .isEqualTo(rules().stream().map(rule -> rule.substring(0, 3)).toList());
    }

    private static DiscoverySelector rule(String number) {
        return Arrays.stream(EndpointContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method ->
                        method.getAnnotation(DisplayName.class).value().startsWith(number))
                .map(method -> selectMethod(PlantedContract.class, method))
                .findFirst()
                .orElseThrow();
    }

    /** In the order of their numbers. */
    private static List<String> rules() {
        return Arrays.stream(EndpointContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getAnnotation(DisplayName.class).value())
                .sorted()
                .toList();
    }

    @Test
    void pageListsTheRulesOfTheClass() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(Path.of("../docs/endpoint-contract.md")))
                .results()
                .map(EndpointContractTest::rule)
                .toList();
        assertThat(rows).isEqualTo(rules());
    }

    private static String rule(MatchResult row) {
        return row.group(1) + " " + row.group(2);
    }
}
