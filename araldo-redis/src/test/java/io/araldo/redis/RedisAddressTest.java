package io.araldo.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
    private static RedisURI uri(String text) {
        return RedisAddress.parse(text).uri("name", Duration.ofSeconds(5));
    }

    private static RedisCredentials credentials(String text) {
        return uri(text).getCredentialsProvider().resolveCredentials().block();
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379",
        "redis://localhost:7000/3, redis://localhost:7000",
        "rediss://user:secret@host, rediss://host:6379",
        "redis://secret@host:1, redis://host:1",
        "redis://my_redis:7001, redis://my_redis:7001",
        "redis://[::1]:7002, redis://[::1]:7002",
    })
    void addressShowsSchemeHostAndPortAlone(String uri, String shown) {
        assertThat(RedisAddress.parse(uri).shown()).isEqualTo(URI.create(shown));
        assertThat(RedisAddress.parse(uri)).hasToString(shown);
    }

    @Test
    void clientGetsHostPortDatabaseAndName() {
        RedisURI uri = uri("redis://[::1]:7002/4");
        assertThat(uri.getHost()).isEqualTo("::1");
        assertThat(uri.getPort()).isEqualTo(7002);
        assertThat(uri.getDatabase()).isEqualTo(4);
        assertThat(uri.getClientName()).isEqualTo("name");
        assertThat(uri.getTimeout()).hasSeconds(5);
        assertThat(uri.isSsl()).isFalse();
    }

    @Test
    void userAndPasswordAreDecoded() {
        RedisCredentials both = credentials("redis://al%3Aice:p%40ss:w+rd%2F@host");
        assertThat(both.getUsername()).isEqualTo("al:ice");
        assertThat(both.getPassword()).isEqualTo("p@ss:w+rd/".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:secret@host", "redis://secret@host"})
    void passwordMayStandAlone(String uri) {
        assertThat(credentials(uri).getUsername()).isNull();
        assertThat(credentials(uri).getPassword()).isEqualTo("secret".toCharArray());
    }

    @Test
    void withoutUserInformationThereIsNoLogin() {
        assertThat(credentials("redis://host").hasPassword()).isFalse();
    }

    @Test
    void tlsVerifiesCertificateAndHostUnlessToldOtherwise() {
        assertThat(uri("rediss://host").isSsl()).isTrue();
        assertThat(uri("rediss://host").getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
        assertThat(uri("rediss://host?verifyPeer=NONE").getVerifyMode()).isEqualTo(SslVerifyMode.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret://host                   | does not begin with redis:// or rediss://",
                "host:6379                       | does not begin with redis:// or rediss://",
                "redis:secret                    | has no host",
                "redis:///                       | has no host",
                "redis://:secret                 | has no host, or a port that is not a number",
                "redis://u:secret@               | has no host, or a port that is not a number",
                "redis://u:secret@host:six       | has no host, or a port that is not a number",
                "redis://u:secret@host:0         | has a port that is not between 1 and 65535",
                "redis://u:secret@host:65536     | has a port that is not between 1 and 65535",
                "redis://u:secret/@host          | has no host, or a port that is not a number",
                "redis://u:#secret@host          | has no host, or a port that is not a number",
                "redis://u:?secret@host          | has no host, or a port that is not a number",
                "redis://host/one                | has a path that is not the number of a database, or a '#'",
                "redis://host/1#secret           | has a path that is not the number of a database, or a '#'",
                "redis://host?timeout=secret     | has a query other than ?verifyPeer=NONE, CA or FULL",
                "redis://u:secret secret@host    | illegal character in authority at position",
                "redis://u:sec%ret@host          | malformed escape pair at position 13",
            })
    void whatIsNotUnderstoodIsNotShown(String uri, String reason) {
        assertThatThrownBy(() -> RedisAddress.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                // JDKs count the position of a mistake in the authority from different places.
                .hasMessageMatching("uri: " + Pattern.quote(reason) + "( \\d+)? \\(expected: redis://.*")
                .hasNoCause()
                .message()
                .doesNotContain("secret");
    }
}
