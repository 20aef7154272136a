package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, with a variable and without. */
class PathTemplateTest {
    private static PathTemplate template(String text) {
        PathTemplate template = PathTemplate.parse(text);
        assertThat(template).isNotNull();
        return template;
    }

    @ParameterizedTest
    @CsvSource({
        "/room/{room}, /room/blue, blue",
        "/{tenant}, /acme, acme",
        "/a/{b}/c, /a/x/c, x",
        "/a/{b}/c, /a/c/c, c",
        "/chat, /chat, ''",
        "/, /, ''"
    })
    void whatFitsGivesTheValue(String text, String path, String value) {
        assertThat(template(text).match(path)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "/room/{room}, /room/",
        "/room/{room}, /room",
        "/room/{room}, /room/a/b",
        "/room/{room}, /rooms/a",
        "/a/{b}/c, /a/c",
        "/a/{b}/c, /a//c",
        "/a/{b}/c, /a/x/d",
        "/chat, /chat/",
        "/chat, /Chat"
    })
    void whatDoesNotFitGivesNothing(String text, String path) {
        assertThat(template(text).match(path)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chat", "/a b", "/{}", "/{1}", "/{a}/{b}", "/x{a}", "/{a}x", "/a//b", "/{a", "/a/"})
    void whatIsNoPathIsRefused(String text) {
        assertThat(PathTemplate.parse(text)).isNull();
    }

    @Test
    void theNameOfTheVariableMakesNoDifference() {
        assertThat(template("/a/{b}").collidesWith(template("/a/{c}"))).isTrue();
        assertThat(template("/a/{b}").collidesWith(template("/a/{b}/c"))).isFalse();
        assertThat(template("/a/{b}").collidesWith(template("/a/b"))).isFalse();
        assertThat(template("/a").collidesWith(template("/a"))).isTrue();
    }
}
