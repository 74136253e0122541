package health.salus.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import health.salus.foundation.CryptoProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** Shows rows to people and to programs. */
final class Report {
    private Report() {}

    /** The machine, a table, and how each row was measured. */
    static String text(List<Row> rows) {
        StringBuilder text = new StringBuilder(machine()).append('\n');
        text.append(String.format(
                Locale.ROOT, "%-44s %12s %12s %-9s %6s  %s%n", "", "figure", "limit", "unit", "ratio", "goal"));
        rows.forEach(row -> text.append(row.line()).append('\n'));
        text.append('\n');
        rows.forEach(
                row -> text.append(row.name()).append(": ").append(row.how()).append('\n'));
        return text.toString();
    }

    /** An array of rows on one line. */
    static String json(List<Row> rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (Row row : rows) {
                json.writeStartObject();
                json.writeStringField("name", row.name());
                json.writeNumberField("figure", row.figure());
                json.writeNumberField("limit", row.limit());
                json.writeStringField("unit", row.unit());
                json.writeNumberField("ratio", row.ratio());
                json.writeNumberField("goal", row.goal());
                json.writeStringField("better", row.better().name().toLowerCase(Locale.ROOT));
                json.writeBooleanField("met", row.met());
                json.writeStringField("how", row.how());
                json.writeStringField("machine", machine());
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return text + "\n";
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " processors (" + System.getProperty("os.arch") + "), "
                + (runtime.maxMemory() >> 20) + " MiB heap, " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version") + ", "
                + CryptoProvider.chosen().description();
    }
}
