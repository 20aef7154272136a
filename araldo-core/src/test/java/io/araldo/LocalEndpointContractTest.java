package io.araldo;

import io.araldo.testing.EndpointContract;
import io.araldo.testing.Outside;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is outside is the application. */
class LocalEndpointContractTest extends EndpointContract {
    private final List<Payload> handled = new CopyOnWriteArrayList<>();

    private volatile LocalEndpoint made;

    @Override
    protected Outside outside() {
        return Outside.builder(this::make)
                .handle()
                .unopenable(LocalEndpointContractTest::busy, "local endpoint 'busy'")
                .says(text -> made.send(text))
                .hears(() -> handled.stream()
                        .filter(Payload::isText)
                        .map(Payload::text)
                        .toList())
                .build();
    }

    private LocalEndpoint make() {
        made = LocalEndpoint.create("application");
        made.onMessage(message -> handled.add(message.payload()));
        return made;
    }

    private static LocalEndpoint busy() {
        LocalEndpoint busy = LocalEndpoint.create("busy");
        busy.open(new RecordingInbox(), TestLinkContext.bothWays("other", "busy"));
        return busy;
    }
}
