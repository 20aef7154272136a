package io.araldo;

import static io.araldo.Waiting.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.araldo.testing.ThreadLeakExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plan draws is what its relay moves: one to many, many to one, both ways. */
@ExtendWith(ThreadLeakExtension.class)
class DrawingMatchesTrafficTest {
    private record Edge(String from, String to) {}

    private static final Pattern MERMAID_NODE = Pattern.compile("^    (e\\d+)\\[\"(.+)\"]$", Pattern.MULTILINE);
    private static final Pattern MERMAID_EDGE =
            Pattern.compile("^    (e\\d+) -\\.?->(?:\\|\"[^\"]*\"\\|)? (e\\d+)$", Pattern.MULTILINE);
    private static final Pattern DOT_EDGE =
            Pattern.compile("^    \"([^\"]+)\" -> \"([^\"]+)\"(?: \\[[^]]*])?;$", Pattern.MULTILINE);

    @RegisterExtension
    final Relays relays = new Relays();

    private final MockEndpoint chat = MockEndpoint.create("chat");
    private final MockEndpoint news = MockEndpoint.create("news");
    private final MockEndpoint admin = MockEndpoint.create("admin");
    private final MockEndpoint bus = MockEndpoint.create("bus");
    private final MockEndpoint alerts = MockEndpoint.create("alerts");
    private final MockEndpoint mock = MockEndpoint.create("mock");
    private final MockEndpoint broken = MockEndpoint.create("broken");
    private final LocalEndpoint local = LocalEndpoint.create("local");
    private final List<MockEndpoint> mocks = List.of(chat, news, admin, bus, alerts, mock, broken);
    private final Set<Edge> arrived = ConcurrentHashMap.newKeySet();
    private RelayPlan plan;

    @BeforeEach
    void plan() {
        plan = relays.builder(
                        Route.from(chat).to(bus, mock),
                        Route.from(bus).to(chat),
                        Route.from(alerts).filter(message -> true).to(news, admin, local),
                        Route.from(admin).to(bus),
                        Route.from(admin)
                                .name("commands")
                                .map(message -> message.withHeader("a", "b"))
                                .to(local),
                        Route.from(local).to((message, targets) -> targets, chat, alerts),
                        Route.from(mock).to(mock),
                        Route.from(local).name("log").to(mock),
                        Route.from(news).tap(alerts).deadLetter(local).to(broken))
                .plan();
    }

    private void injectEverywhere() {
        relays.expectWarnings();
        broken.answer(Outcome.failed(new IllegalStateException("broken")));
        local.onMessage(message -> arrived.add(new Edge(message.payload().text(), "local")));
        relays.start(plan.toBuilder());
        for (MockEndpoint source : mocks) {
            result(source.receive(source.name()));
        }
        result(local.send("local"));
        mocks.forEach(target -> target.sent()
                .forEach(message -> arrived.add(new Edge(message.payload().text(), target.name()))));
    }

    private static Stream<Edge> edges(Pattern pattern, String drawing) {
        return pattern.matcher(drawing).results().map(edge -> new Edge(edge.group(1), edge.group(2)));
    }

    @Test
    void whatArrivesIsWhatMermaidDraws() {
        String drawing = plan.toMermaid();
        Map<String, String> names = MERMAID_NODE
                .matcher(drawing)
                .results()
                .collect(Collectors.toMap(node -> node.group(1), node -> node.group(2)));
        Set<Edge> drawn = edges(MERMAID_EDGE, drawing)
                .map(edge -> new Edge(names.get(edge.from()), names.get(edge.to())))
                .collect(Collectors.toSet());

        injectEverywhere();

        assertThat(drawn).hasSize(15);
        assertThat(arrived).isEqualTo(drawn);
    }

    @Test
    void whatArrivesIsWhatDotDraws() {
        Set<Edge> drawn = edges(DOT_EDGE, plan.toDot()).collect(Collectors.toSet());

        injectEverywhere();

        assertThat(drawn).hasSize(15);
        assertThat(arrived).isEqualTo(drawn);
    }
}
