package io.araldo.examples.interop;

import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker is, and how to log in: a value made from the URI that the user wrote. It keeps the secrets to itself:
 * neither its text nor its errors show user information, nor a URI that is not understood, for the password is
 * somewhere in it.
 */
final class MqttAddress {
    private static final int STANDARD_PORT = 1_883;

    private final String host;
    private final int port;
    private final @Nullable String user;
    private final @Nullable String password;

    private MqttAddress(URI uri) {
        this.host = uri.getHost();
        this.port = uri.getPort() < 0 ? STANDARD_PORT : uri.getPort();
        String login = uri.getUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        this.user = login == null || colon < 0 ? login : login.substring(0, colon);
        this.password = login == null || colon < 0 ? null : login.substring(colon + 1);
    }

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException if it is not of this form; the message begins with {@code uri:}
     */
    static MqttAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("has a character that must not be there, at position " + e.getIndex());
        }
        if (!"mqtt".equals(uri.getScheme())) {
            throw refused("does not begin with mqtt://");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw refused("has no host, or a port that is none");
        }
        if (!uri.getPath().isEmpty() || uri.getQuery() != null || uri.getFragment() != null) {
            throw refused("goes on after the port");
        }
        return new MqttAddress(uri);
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("uri: " + what
                + " (expected: mqtt://[user[:password]@]host[:port], with special characters percent-encoded; it is not"
                + " shown here, as it may hold a password)");
    }

    String host() {
        return host;
    }

    /** For people, and for the client: no secrets. */
    URI shown() {
        return URI.create(toString());
    }

    /** Paho's own scheme. */
    String forClient() {
        return "tcp://" + host + ":" + port;
    }

    void login(MqttConnectOptions options) {
        if (user != null) {
            options.setUserName(user);
        }
        if (password != null) {
            options.setPassword(password.toCharArray());
        }
    }

    @Override
    public String toString() {
        return "mqtt://" + host + ":" + port;
    }
}
