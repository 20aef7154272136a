package io.araldo;

import io.araldo.testing.EndpointContract;
import io.araldo.testing.Outside;
import io.araldo.testing.RecordingInbox;
import io.araldo.testing.TestLinkContext;

/** What is outside is the test itself. */
class MockEndpointContractTest extends EndpointContract {
    private volatile MockEndpoint made;

    @Override
    protected Outside outside() {
        return Outside.builder(this::make)
                .handle()
                .unopenable(MockEndpointContractTest::busy, "mock endpoint 'busy'")
                .says(text -> made.receive(text))
                .hears(() -> made.sent().stream()
                        .map(Message::payload)
                        .filter(Payload::isText)
                        .map(Payload::text)
                        .toList())
                .cuts(() -> made.lose("cut"))
                .build();
    }

    private MockEndpoint make() {
        made = MockEndpoint.create("mock");
        return made;
    }

    private static MockEndpoint busy() {
        MockEndpoint busy = MockEndpoint.create("busy");
        busy.open(new RecordingInbox(), TestLinkContext.bothWays("other", "busy"));
        return busy;
    }
}
