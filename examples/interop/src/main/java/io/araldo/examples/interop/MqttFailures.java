package io.araldo.examples.interop;

import io.araldo.EndpointException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** What goes wrong with an endpoint, in one line each: which one, where, what, and what to do. No secrets in it. */
final class MqttFailures {
    private final MqttEndpoint endpoint;

    MqttFailures(MqttEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    EndpointException opening(MqttException error) {
        return new EndpointException(prefix() + "cannot open " + endpoint.address() + ": " + reason(error), error);
    }

    EndpointException lost(Throwable error) {
        int code = error instanceof MqttException known ? known.getReasonCode() : 0;
        String what = switch (code) {
            case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
                "no answer to a ping";
            default -> "it was closed, by the broker or on the way";
        };
        return new EndpointException(prefix() + "the connection to " + endpoint.address() + " is lost: " + what, error);
    }

    EndpointException filter() {
        return new EndpointException(prefix() + "cannot publish to the filter '" + endpoint.topic()
                + "' (expected: a route to an endpoint whose topic has no '+' and no '#')");
    }

    private String prefix() {
        return "mqtt endpoint '" + endpoint.name() + "': ";
    }

    private String reason(MqttException error) {
        Throwable cause = error.getCause();
        if (cause instanceof UnknownHostException) {
            return "the host '" + endpoint.address().host() + "' is unknown; correct the uri, or the name service";
        }
        if (cause instanceof ConnectException) {
            return "connection refused; start a broker there, or correct the uri";
        }
        return switch (error.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION, MqttException.REASON_CODE_NOT_AUTHORIZED ->
                "the broker refuses the login; correct user and password in the uri";
            case MqttException.REASON_CODE_SUBSCRIBE_FAILED ->
                "the broker refuses the subscription; let the user read '" + endpoint.topic() + "'";
            case MqttException.REASON_CODE_CLIENT_TIMEOUT ->
                "no answer within " + MqttLink.CONNECT_PATIENCE.toSeconds() + " s; is it an MQTT broker, and well?";
            case MqttException.REASON_CODE_CONNECTION_LOST ->
                "it closed the connection; is it an MQTT broker, for connections without TLS?";
            default -> error.getMessage() + " (" + error.getReasonCode() + ")";
        };
    }
}
