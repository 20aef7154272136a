package io.araldo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FanOutReportTest {
    private static final FanOutRow ROW = FanOutRow.webSocket(100, 128, 64);

    private static FanOutSample sample(FanOutRow row, ChatPeer peer, double perSecond) {
        return new FanOutSample(row, peer, perSecond, 1, 2, 3);
    }

    @Test
    void tableTellsMedianLeastAndMostAndTheRatioToTheFastestOther() {
        assertThat(FanOutTable.of(List.of(
                        sample(ROW, ChatPeer.VERTX, 2_000),
                        sample(ROW, ChatPeer.ARALDO, 9_000),
                        sample(ROW, ChatPeer.JETTY, 1_000),
                        sample(ROW.atRate(375), ChatPeer.ARALDO, 7),
                        sample(ROW, ChatPeer.ARALDO, 7_000),
                        sample(ROW, ChatPeer.ARALDO, 8_000))))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualToNormalizingNewlines("""
                                | 1 → 100, 128 bytes, window 64 | deliveries/s | × the fastest other on the JVM | CPU µs/delivery | p50 ms | p99 ms |
                                |---|---|---|---|---|---|
                                | Araldo | 8,000 (7,000 to 9,000) | 4.00 | 1.00 (1.00 to 1.00) | 2.00 (2.00 to 2.00) | 3.00 (3.00 to 3.00) |
                                | Vert.x | 2,000 (2,000 to 2,000) | 1.00 | 1.00 (1.00 to 1.00) | 2.00 (2.00 to 2.00) | 3.00 (3.00 to 3.00) |
                                | Jetty | 1,000 (1,000 to 1,000) | 0.50 | 1.00 (1.00 to 1.00) | 2.00 (2.00 to 2.00) | 3.00 (3.00 to 3.00) |
                                """),
                        second -> assertThat(second).startsWith("| 1 → 100, 128 bytes, 375 messages/s |"));
    }

    @Test
    void chartIsXmlWithABarForEachName() throws Exception {
        Map<String, Spread> bars = new LinkedHashMap<>();
        bars.put("Araldo", new Spread(1_000_000, 900_000, 1_100_000));
        bars.put("<&>", new Spread(5, 4, 6));

        Document chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Chart.of("One & many", "deliveries/s", bars))));

        NodeList texts = chart.getElementsByTagName("text");
        assertThat(IntStream.range(0, texts.getLength())
                        .mapToObj(i -> texts.item(i).getTextContent()))
                .containsExactly(
                        "One & many", "deliveries/s, median; line: least to most", "Araldo", "1,000,000", "<&>", "5");
        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(2);
    }

    @Test
    void quantilesAreRightToWithinAPerCent() {
        Latencies latencies = new Latencies();
        LongStream.rangeClosed(1, 100_000).map(micro -> micro * 1_000).forEach(latencies::add);

        assertThat((double) latencies.quantile(0.5)).isCloseTo(50e6, Percentage.withPercentage(1));
        assertThat((double) latencies.quantile(0.99)).isCloseTo(99e6, Percentage.withPercentage(1));
        latencies.clear();
        latencies.add(3);
        assertThat(latencies.quantile(0.99)).isEqualTo(3);
    }

    @Test
    void optionsThatAreNoneAreToldWithThoseThatAre() {
        assertThat(FanOutOptions.parse("runs=2", "peers=tyrus,bun", "rows=1x28x3", "scripts=js"))
                .isEqualTo(new FanOutOptions(
                        2,
                        10,
                        20,
                        "512m",
                        List.of(ChatPeer.TYRUS, ChatPeer.BUN),
                        List.of(FanOutRow.webSocket(1, 28, 3)),
                        Path.of("js"),
                        null));
        assertThatThrownBy(() -> FanOutOptions.parse("seconds=0")).hasMessage("seconds=0 (expected: 1 or more)");
        assertThatThrownBy(() -> FanOutOptions.parse("loud")).hasMessageStartingWith("loud (expected: runs=5 ");
        assertThatThrownBy(() -> FanOutOptions.parse("peers=araldo,ws"))
                .hasMessage("ws (expected: araldo, vertx, undertow, jetty, tyrus, bun, node)");
        assertThatThrownBy(() -> FanOutOptions.parse("rows=main,100x128"))
                .hasMessageStartingWith("100x128 (expected: 100x128x64 for 100 subscribers");
        assertThatThrownBy(() -> FanOutOptions.parse("rows=1x27x1"))
                .hasMessageStartingWith("1x27x1 (expected: ")
                .hasMessageEndingWith("at least 28 bytes)");
    }

    @Test
    void rowsAreTheMainOnesUnlessTheyAreNamed() {
        assertThat(FanOutOptions.parse().rows())
                .hasSize(6)
                .startsWith(ROW, ROW.atRate(FanOutRow.HALF))
                .endsWith(FanOutRow.redis(100, 128, 64));
        assertThat(FanOutOptions.parse("rows=5000x16384x1,redis:10x1024x4,100x128@500")
                        .rows())
                .containsExactly(
                        FanOutRow.webSocket(5_000, 16_384, 1),
                        FanOutRow.redis(10, 1_024, 4),
                        FanOutRow.webSocket(100, 128, 1).atRate(500));
    }

    @Test
    void matrixVariesSizesAndSubscribers() {
        assertThat(FanOutOptions.parse("rows=matrix").rows())
                .startsWith(FanOutRow.webSocket(1, 28, 64))
                .contains(FanOutRow.webSocket(100, 16_384, 40));
    }
}
