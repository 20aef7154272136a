package io.araldo.config;

import static io.araldo.config.ConfigFiles.refusal;
import static io.araldo.config.ConfigFiles.withEndpoint;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every kind of mistake, with the whole message that it is told in. */
class MistakesTest {
    private static final String GOOD = withEndpoint("id: endpoint-mock");
    private static final String A = "plugins.araldo.endpoints.endpoint[1]";

    @Test
    void unknownSection() {
        assertThat(refusal("glubal:\n  server-port: 1\n" + GOOD))
                .isEqualTo("araldo.yaml:1:1: glubal: no section is called 'glubal'; did you mean 'global'? (sections:"
                        + " global, plugins, routes)");
    }

    @Test
    void unknownSectionWithNoOtherNear() {
        assertThat(refusal(GOOD + "logging: no\n"))
                .isEqualTo("araldo.yaml:9:1: logging: no section is called 'logging'; no other name is near (sections:"
                        + " global, plugins, routes)");
    }

    @Test
    void unknownGroupOfPlugins() {
        assertThat(refusal(GOOD.replace("araldo.endpoints.endpoint", "araldo.endpoints.endpoints")))
                .isEqualTo("araldo.yaml:2:3: plugins.araldo.endpoints.endpoints: no group of plugins is called"
                        + " 'araldo.endpoints.endpoints'; did you mean 'araldo.endpoints.endpoint'? (groups:"
                        + " araldo.marshalling, araldo.endpoints.endpoint)");
    }

    @Test
    void unknownKeyOfGlobal() {
        assertThat(refusal("global:\n  server_port: 80\n" + GOOD))
                .isEqualTo("araldo.yaml:2:3: global.server_port: global has no setting 'server_port'; did you mean"
                        + " 'server-port'? (settings: server-port, log-level)");
    }

    @Test
    void unknownKeyOfAnInstance() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "chanel: x")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".chanel: endpoint-mock has no setting 'chanel'; did you mean"
                        + " 'channel'? (settings: name, id, channel, marshaller)");
    }

    @Test
    void unknownId() {
        assertThat(refusal(withEndpoint("id: endpoint-mok")))
                .isEqualTo("araldo.yaml:6:7: " + A + ".id: no plugin has the id 'endpoint-mok'; did you mean"
                        + " 'endpoint-mock'? (installed: endpoint-local, endpoint-mock, endpoint-test)");
    }

    @Test
    void idOfAModuleOfOursThatIsNotThere() {
        assertThat(refusal(withEndpoint("id: endpoint-redis", "channel: chat")))
                .isEqualTo(
                        "araldo.yaml:6:7: " + A + ".id: the plugin endpoint-redis is not installed; add the dependency"
                                + " io.araldo:araldo-redis (installed: endpoint-local, endpoint-mock, endpoint-test)");
    }

    @Test
    void slipInTheIdOfAModuleOfOursThatIsNotThere() {
        assertThat(refusal(withEndpoint("id: endpoint-websockets")))
                .isEqualTo("araldo.yaml:6:7: " + A + ".id: no plugin has the id 'endpoint-websockets'; did you mean"
                        + " 'endpoint-websocket', for which to add the dependency io.araldo:araldo-websocket? (installed:"
                        + " endpoint-local, endpoint-mock, endpoint-test)");
    }

    @Test
    void endpointAmongTheMarshallers() {
        assertThat(refusal(GOOD.replace(
                        "plugins:\n", "plugins:\n  araldo.marshalling:\n    - {name: c, id: endpoint-redis}\n")))
                .isEqualTo("araldo.yaml:3:17: plugins.araldo.marshalling[0].id: no plugin has the id 'endpoint-redis';"
                        + " no other name is near (installed: marshal-json, marshal-raw)");
    }

    @Test
    void missingName() {
        assertThat(refusal(GOOD.replace("routes:", "    - id: endpoint-mock\nroutes:")))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[2].name: missing; write name:"
                        + " a-name-of-yours");
    }

    @Test
    void missingId() {
        assertThat(refusal(withEndpoint("channel: x")))
                .isEqualTo("araldo.yaml:5:7: " + A + ".id: missing; write id: followed by the id of a plugin");
    }

    @Test
    void missingSections() {
        assertThat(refusal("global: {}")).isEqualTo("""
                        araldo.yaml:1:1: plugins: missing; write the groups of plugins, araldo.endpoints.endpoint at least
                        araldo.yaml:1:1: routes: missing; write for each source the list of its targets""");
    }

    @Test
    void missingGroupIsNotAlsoAMissingEndpoint() {
        assertThat(refusal("plugins: {}\nroutes: {a: b}"))
                .isEqualTo(
                        "araldo.yaml:1:10: plugins.araldo.endpoints.endpoint: missing; write a list of endpoints, each"
                                + " with a name and an id");
    }

    @Test
    void emptyFile() {
        assertThat(refusal("# nothing\n"))
                .isEqualTo("araldo.yaml:1:1: found nothing; write the sections plugins and routes");
    }

    @Test
    void fileThatIsAList() {
        assertThat(refusal("- plugins\n"))
                .isEqualTo("araldo.yaml:1:1: found a list; write the sections plugins and routes");
    }

    @Test
    void sectionThatIsNoMapping() {
        assertThat(refusal("global: debug\n" + GOOD))
                .isEqualTo(
                        "araldo.yaml:1:1: global: found the text 'debug'; write server-port and log-level, or leave it"
                                + " out");
    }

    @Test
    void groupThatIsNoList() {
        assertThat(refusal("plugins:\n  araldo.endpoints.endpoint:\n    a: {id: endpoint-mock}\nroutes: {a: a}\n"))
                .isEqualTo("araldo.yaml:2:3: plugins.araldo.endpoints.endpoint: found keys with values; write a list of"
                        + " endpoints, each with a name and an id");
    }

    @Test
    void instanceThatIsNoMapping() {
        assertThat(refusal(GOOD.replace("routes:", "    - endpoint-mock\nroutes:")))
                .isEqualTo(
                        "araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[2]: found the text 'endpoint-mock'; write"
                                + " keys with values, name and id first");
    }

    @Test
    void badName() {
        assertThat(refusal(GOOD.replace("routes:", "    - {name: a b, id: endpoint-mock}\nroutes:")))
                .isEqualTo(
                        "araldo.yaml:7:8: plugins.araldo.endpoints.endpoint[2].name: found the text 'a b'; write 1 to"
                                + " 64 letters, digits, '.', '_' or '-', the first a letter or a digit");
    }

    @Test
    void duplicateName() {
        assertThat(refusal(GOOD.replace("routes:", "    - {name: a, id: endpoint-mock}\nroutes:")))
                .isEqualTo(
                        "araldo.yaml:7:8: plugins.araldo.endpoints.endpoint[2].name: the endpoint at 5:7 is also named"
                                + " 'a'; give each a name of its own");
    }

    @Test
    void duplicateKey() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel: x", "channel: y")))
                .isEqualTo(
                        "araldo.yaml:8:7: " + A + ".channel: the key stands twice, first at 7:7; keep one of the two");
    }

    @Test
    void keyWithNothing() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel:")))
                .isEqualTo("araldo.yaml:7:7: " + A
                        + ".channel: found nothing; write channel: channel_1, or take the key" + " out");
    }

    @Test
    void numberWhereATextMustBe() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel: 5")))
                .isEqualTo("araldo.yaml:7:7: " + A
                        + ".channel: found the number 5 where a text must be; put it in quotes");
    }

    @Test
    void textWhereANumberMustBe() {
        assertThat(refusal("global:\n  server-port: '80'\n" + GOOD))
                .isEqualTo(
                        "araldo.yaml:2:3: global.server-port: found the text '80' where a whole number from 0 to 65535"
                                + " must be; write it without quotes");
    }

    @Test
    void numberOutOfRange() {
        assertThat(refusal("global:\n  server-port: 70000\n" + GOOD))
                .isEqualTo("araldo.yaml:2:3: global.server-port: found the number 70000; write a whole number from 0 to"
                        + " 65535");
    }

    @Test
    void noneOfTheChoices() {
        assertThat(refusal("global:\n  log-level: loud\n" + GOOD))
                .isEqualTo(
                        "araldo.yaml:2:3: global.log-level: found the text 'loud'; write one of debug, info, warning,"
                                + " error, fatal");
    }

    @Test
    void wordThatIsNoBoolean() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "echo: yes")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".echo: found the text 'yes'; write true or false");
    }

    @Test
    void durationWithoutAUnit() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "timeout: 5")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".timeout: found the number 5; write a duration such as 500ms, 5s,"
                        + " 2m or 1h from 1ms to 60000ms");
    }

    @Test
    void textThatDoesNotFitItsPattern() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "path: chat")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".path: found the text 'chat'; write a path such as /chat");
    }

    @Test
    void blankText() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "text: ' '")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".text: found the text ' '; write a text such as other");
    }

    @Test
    void textWhereAListMustBe() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "words: x")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".words: found the text 'x'; write a list, each item a word");
    }

    @Test
    void emptyList() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "words: []")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".words: found an empty list; write a list, each item a word");
    }

    @Test
    void itemsOfAList() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "words: [x, B, [y]]")))
                .isEqualTo("araldo.yaml:7:18: " + A + ".words[1]: found the text 'B'; write a word\n"
                        + "araldo.yaml:7:21: " + A + ".words[2]: found a list; write a word");
    }

    @Test
    void listWhereATextMustBe() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "channel: [x]")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".channel: found a list; write a text such as channel_1");
    }

    @Test
    void unknownMarshaller() {
        assertThat(refusal(withEndpoint("id: endpoint-mock", "marshaller: marshal-jsn")))
                .isEqualTo("araldo.yaml:7:7: " + A + ".marshaller: no marshaller is named 'marshal-jsn'; did you mean"
                        + " 'marshal-json'? (marshallers: marshal-json, marshal-raw)");
    }

    @Test
    void marshallerWithAMistakeIsNotAlsoUnknown() {
        String marshalling = "plugins:\n  araldo.marshalling:\n    - {name: envelope, id: marshal-jsno}\n";

        assertThat(refusal(withEndpoint("id: endpoint-mock", "marshaller: envelope")
                        .replace("plugins:\n", marshalling)))
                .isEqualTo(
                        "araldo.yaml:3:24: plugins.araldo.marshalling[0].id: no plugin has the id 'marshal-jsno'; did"
                                + " you mean 'marshal-json'? (installed: marshal-json, marshal-raw)");
    }

    @Test
    void settingsThatDoNotGoTogetherAreReportedWhereTheyStand() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "behaviour: refuse", "timeout: 2s")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": something else\n"
                        + "araldo.yaml:5:7: " + A + ": missing: no setting\n"
                        + "araldo.yaml:8:7: " + A + ".timeout: too short (expected: twice the count)");
    }

    @Test
    void defectOfAPlugin() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "behaviour: fail")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": the plugin failed, which is a defect of it:"
                        + " java.lang.IllegalStateException: a defect");
    }

    @Test
    void pluginThatGivesNoReason() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "behaviour: refuse-silently")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": the plugin failed, which is a defect of it:"
                        + " java.lang.IllegalArgumentException: ");
    }

    @Test
    void instanceWithoutANameIsReadAndNotMade() {
        assertThat(refusal(GOOD.replace("routes:", "    - {id: endpoint-test, behaviour: fail, count: 0}\nroutes:")))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[2].name: missing; write name:"
                        + " a-name-of-yours\n"
                        + "araldo.yaml:7:44: plugins.araldo.endpoints.endpoint[2].count: found the number 0; write a whole"
                        + " number from 1 to 10");
        assertThat(refusal(GOOD.replace("routes:", "    - {id: endpoint-test, behaviour: fail}\nroutes:")))
                .isEqualTo("araldo.yaml:7:7: plugins.araldo.endpoints.endpoint[2].name: missing; write name:"
                        + " a-name-of-yours");
    }

    @Test
    void endpointOfAnotherName() {
        assertThat(refusal(withEndpoint("id: endpoint-test", "behaviour: rename")))
                .isEqualTo("araldo.yaml:5:7: " + A + ": the plugin failed, which is a defect of it:"
                        + " java.lang.IllegalStateException: it made an endpoint named 'a2' for 'a'");
    }

    @Test
    void oneSlipInAKeyIsOneMistake() {
        assertThat(refusal(GOOD.replace("name: a", "nam: a")))
                .isEqualTo("araldo.yaml:5:7: " + A + ".nam: endpoint-mock has no setting 'nam'; did you mean 'name'?"
                        + " (settings: name, id, channel, marshaller)");
    }

    @Test
    void mistakesOfOneLineComeInItsOrder() {
        assertThat(refusal(GOOD.replace("routes:", "    - {zzz: 1, id: endpoint-mock, name: c, name: d}\nroutes:"))
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(": "))))
                .containsExactly("araldo.yaml:7:8", "araldo.yaml:7:44");
    }

    @Test
    void manyMistakesAreCounted() {
        assertThat(refusal(GOOD + "  x: [b, a]\n".repeat(151)).lines())
                .hasSize(101)
                .last()
                .isEqualTo("araldo.yaml: 51 more mistakes are not shown");
    }
}
