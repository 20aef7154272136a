package third.party;

import io.araldo.AraldoException;
import io.araldo.MockEndpoint;
import io.araldo.Relay;
import io.araldo.config.RelayConfig;

public final class Main {
    private static final String FILE = """
            plugins:
              araldo.endpoints.endpoint:
                - {name: a, id: endpoint-third, label: first}
                - {name: b, id: endpoint-third, label: second}
            routes: {a: b}
            """;

    public static void main(String[] arguments) throws Exception {
        try {
            RelayConfig config = RelayConfig.parse("araldo.yaml", FILE, System::getenv);
            try (Relay relay = config.plan().start()) {
                config.endpoint("a", MockEndpoint.class).receive("hello").toCompletableFuture().get();
            }
            System.out.println("got " + config.endpoint("b", MockEndpoint.class).sent().get(0).payload().text());
        } catch (AraldoException e) {
            System.out.println(e.getMessage());
        }
    }
}
