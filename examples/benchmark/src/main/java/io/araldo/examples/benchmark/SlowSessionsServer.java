package io.araldo.examples.benchmark;

import io.araldo.DropReason;
import io.araldo.Endpoint;
import io.araldo.Ledger;
import io.araldo.Relay;
import io.araldo.Route;
import io.araldo.websocket.SlowSession;
import io.araldo.websocket.WebSocketServer;
import java.io.IOException;
import java.time.Duration;

/**
 * The process of a chat which lets the slow skip messages: takes the stall time-out in seconds, prints the port, and, when
 * its input ends, how many messages its sessions have skipped.
 */
final class SlowSessionsServer {
    private SlowSessionsServer() {}

    public static void main(String[] arguments) throws IOException {
        WebSocketServer server = WebSocketServer.builder()
                .slowSession(SlowSession.DROP_OLDEST)
                .stallTimeout(Duration.ofSeconds(Integer.parseInt(arguments[0])))
                .build();
        Endpoint chat = server.endpoint("chat", Chat.PATH);
        try (Relay relay = Relay.start(Route.from(chat).to(chat))) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // Nobody has anything to say.
            }
            Ledger ledger = relay.ledger();
            ledger.assertConserved();
            System.out.println(ledger.sessions("chat").skipped().getOrDefault(DropReason.SLOW_SESSION, 0L));
        }
    }
}
