package health.salus.node.presentation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A small chart of one kind of measurement over time, in a box of {@link #WIDTH} × {@link #HEIGHT} units.
 *
 * @param points of an SVG polyline
 * @param dots the same points one by one
 * @param band y and height of what is usual; empty where that isn't known
 */
public record Chart(
        String title, String unit, String first, String last, String points, List<Dot> dots, Optional<Band> band) {
    static final int WIDTH = 320;
    static final int HEIGHT = 80;
    private static final int MARGIN = 8;

    /** Where a value lies. */
    public record Dot(String x, String y) {}

    /** Where what is usual lies. */
    public record Band(String y, String height) {}

    /** One for each kind that was measured at least twice. */
    public static List<Chart> of(List<RecordItem> items) {
        Map<String, List<RecordItem>> kinds = new LinkedHashMap<>();
        items.stream()
                .filter(item -> item.measured().isPresent() && !item.date().isEmpty())
                .forEach(item -> kinds.computeIfAbsent(
                                item.title() + "|"
                                        + item.measured().orElseThrow().unit(),
                                kind -> new ArrayList<>())
                        .add(item));
        return kinds.values().stream()
                .filter(same -> same.size() > 1)
                .map(Chart::one)
                .toList();
    }

    private static Chart one(List<RecordItem> newestFirst) {
        List<RecordItem> items = newestFirst.stream()
                .sorted(Comparator.comparing(RecordItem::instant))
                .toList();
        List<RecordItem.Measured> values =
                items.stream().map(item -> item.measured().orElseThrow()).toList();
        Optional<BigDecimal> low = values.getLast().low();
        Optional<BigDecimal> high = values.getLast().high();
        double[] all = Stream.concat(
                        values.stream().map(RecordItem.Measured::value), Stream.concat(low.stream(), high.stream()))
                .mapToDouble(BigDecimal::doubleValue)
                .sorted()
                .toArray();
        double range = Math.max(all[all.length - 1] - all[0], 1e-9);
        double bottom = all[0] - range / 8;
        double span = range * 5 / 4;
        long begin = items.getFirst().instant().getEpochSecond();
        long length = Math.max(items.getLast().instant().getEpochSecond() - begin, 1);
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            double part = (double) (items.get(i).instant().getEpochSecond() - begin) / length;
            dots.add(new Dot(
                    number(MARGIN + part * (WIDTH - 2 * MARGIN)),
                    number(y(values.get(i).value().doubleValue(), bottom, span))));
        }
        Optional<Band> band = low.flatMap(from -> high.map(to -> {
            double top = y(to.doubleValue(), bottom, span);
            return new Band(number(top), number(Math.max(y(from.doubleValue(), bottom, span) - top, 1)));
        }));
        return new Chart(
                items.getFirst().title(),
                values.getFirst().unit(),
                items.getFirst().date(),
                items.getLast().date(),
                String.join(" ", dots.stream().map(dot -> dot.x + "," + dot.y).toList()),
                dots,
                band);
    }

    private static double y(double value, double bottom, double span) {
        return HEIGHT - MARGIN - (value - bottom) / span * (HEIGHT - 2 * MARGIN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
