package io.araldo.websocket;

import io.araldo.Message;
import io.araldo.Payload;
import io.araldo.testing.EndpointContract;
import io.araldo.testing.Fault;
import io.araldo.testing.FaultProxy;
import io.araldo.testing.Outside;
import java.util.List;

/** What is outside is a server of ours, and a network before it. */
class ClientContractTest extends EndpointContract {
    @Override
    protected Outside outside() {
        OpenEndpoint server = OpenEndpoint.withDefaults();
        FaultProxy network = FaultProxy.to(server.port());
        FaultProxy nobody = FaultProxy.to(server.port());
        nobody.inject(Fault.REFUSE);
        return Outside.builder(() -> endpoint(network))
                .unopenable(() -> endpoint(nobody), "127.0.0.1:" + nobody.port())
                .secrets("ada", "s3cret", "t0ken")
                .says(server::send)
                .hears(() -> texts(server.inbox()))
                .cuts(() -> network.inject(Fault.RESET))
                .stalls(() -> network.inject(Fault.STOP_READING))
                .mends(network::restore)
                .connections(network::accepted)
                .closes(() -> {
                    network.close();
                    nobody.close();
                    server.close();
                })
                .build();
    }

    private static List<String> texts(RecordingInbox inbox) {
        return inbox.messages().stream()
                .map(Message::payload)
                .filter(Payload::isText)
                .map(Payload::text)
                .toList();
    }

    private static WebSocketClientEndpoint endpoint(FaultProxy network) {
        return WebSocketClientEndpoint.builder("upstream")
                .uri("ws://ada:s3cret@127.0.0.1:" + network.port() + "/chat?token=t0ken")
                .build();
    }
}
