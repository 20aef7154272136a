package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The values of authentication: checked, copied, and silent about secrets. */
class IdentityTest {
    @Test
    void anIdentityIsCheckedAndCopied() {
        Set<String> groups = new HashSet<>(Set.of("ops"));
        Identity identity = new Identity("CN=Ada Lovelace, O=x", groups);
        groups.add("other");
        assertThat(identity.groups()).containsExactly("ops");
        assertThat(identity.in("all", "ops").groups()).containsExactlyInAnyOrder("ops", "all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.of(" "))
                .withMessage("principal: ' ' (expected: not blank, without control characters)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.of("alice\n2026 WARN mallory"))
                .withMessage("principal: 'alice?2026 WARN mallory' (expected: not blank, without control characters)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.of("ada").in("a b"))
                .withMessage("group: 'a b' (expected: 1 to 64 letters, digits, '.', '_' or '-', the first a letter or"
                        + " a digit)");
        Set<String> many = IntStream.range(0, 65).mapToObj(i -> "g" + i).collect(Collectors.toSet());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Identity("ada", many))
                .withMessage("groups: 65 (expected: at most 64)");
    }

    @Test
    void anAddressSaysWhatItIs() {
        assertThat(Address.principal("ada@example.org")).isEqualTo("principal:ada@example.org");
        assertThat(Address.group("ops")).isEqualTo("group:ops");
        assertThatIllegalArgumentException().isThrownBy(() -> Address.principal(""));
        assertThat(Address.isForMany("principalities")).isFalse();
    }

    private static ClientHandshake with(String query, Map<String, List<String>> headers) {
        return new ClientHandshake("/chat", query, headers, "127.0.0.1");
    }

    @Test
    void headersAreFoundInAnyCase() {
        ClientHandshake handshake = with("", Map.of("X-Token", List.of("one", "two")));
        assertThat(handshake.header("x-TOKEN")).contains("one");
        assertThat(handshake.header("other")).isEmpty();
        assertThat(handshake.headers()).containsOnlyKeys("x-token");
    }

    @Test
    void cookiesAreFoundByTheirWholeName() {
        ClientHandshake handshake =
                with("", Map.of("cookie", List.of("xsid=wrong; sid=\"a=b\"; sid=second", "theme=dark; empty=; bare")));
        assertThat(handshake.cookie("sid")).contains("a=b");
        assertThat(handshake.cookie("theme")).contains("dark");
        assertThat(handshake.cookie("empty")).contains("");
        assertThat(handshake.cookie("bare")).isEmpty();
        assertThat(handshake.cookie("id")).isEmpty();
    }

    @Test
    void parametersAreDecoded() {
        ClientHandshake handshake = with("a=1&t%6Fken=x%3Dy+z&a=2&flag&bad=%zz", Map.of());
        assertThat(handshake.parameter("a")).contains("1");
        assertThat(handshake.parameter("token")).contains("x=y z");
        assertThat(handshake.parameter("flag")).contains("");
        assertThat(handshake.parameter("bad")).isEmpty();
        assertThat(handshake.parameter("none")).isEmpty();
        assertThat(with("", Map.of()).parameter("a")).isEmpty();
    }

    @Test
    void aHandshakeShowsNoSecrets() {
        assertThat(with("token=secret", Map.of("cookie", List.of("sid=secret"))))
                .hasToString("ClientHandshake[/chat from 127.0.0.1]");
    }
}
