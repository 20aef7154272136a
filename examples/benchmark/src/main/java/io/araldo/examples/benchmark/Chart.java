package io.araldo.examples.benchmark;

import java.util.Locale;
import java.util.Map;

/** Bars, one below the other, as an SVG that needs nothing else, and follows the reader's choice of light or dark. */
final class Chart {
    private static final int WIDTH = 760;
    private static final int LABEL = 110;
    private static final int BAR = 440;
    private static final int STEP = 34;
    private static final int TOP = 56;

    private Chart() {}

    /**
     * A bar for each name, as long as its median, and a line from the least to the most.
     *
     * @param unit what the numbers count
     */
    static String of(String title, String unit, Map<String, Spread> bars) {
        double most = bars.values().stream().mapToDouble(Spread::most).max().orElse(1);
        int height = TOP + STEP * bars.size() + 12;
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <title>%3$s</title>
                <style>
                text { font: 14px system-ui, sans-serif; fill: #1f2328 }
                .small { font-size: 12px; fill: #59636e }
                rect { fill: #2f6fbf }
                line { stroke: #1f2328; stroke-width: 2; opacity: .6 }
                @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .small { fill: #9198a1 }
                rect { fill: #5a9be6 }
                line { stroke: #e6edf3 }
                }
                </style>
                <text x="8" y="20">%3$s</text>
                <text x="8" y="40" class="small">%4$s, median; line: least to most</text>
                """, WIDTH, height, escaped(title), escaped(unit)));
        int y = TOP;
        for (Map.Entry<String, Spread> bar : bars.entrySet()) {
            append(svg, bar.getKey(), bar.getValue(), BAR / most, y);
            y += STEP;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void append(StringBuilder svg, String name, Spread spread, double scale, int y) {
        svg.append(String.format(
                Locale.ROOT,
                """
                <text x="%1$d" y="%3$d" text-anchor="end">%2$s</text>
                <rect x="%4$d" y="%5$d" width="%6$.1f" height="22" rx="2"/>
                <line x1="%7$.1f" y1="%8$d" x2="%9$.1f" y2="%8$d"/>
                <text x="%10$.1f" y="%3$d">%11$,.0f</text>
                """,
                LABEL - 10,
                escaped(name),
                y + 16,
                LABEL,
                y,
                spread.median() * scale,
                LABEL + spread.least() * scale,
                y + 11,
                LABEL + spread.most() * scale,
                LABEL + spread.most() * scale + 10,
                spread.median()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
