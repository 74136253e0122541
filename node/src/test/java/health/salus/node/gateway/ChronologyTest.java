package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.node.backend.Body;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import health.salus.node.backend.Headers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChronologyTest {
    private static final String BASE = "http://fhir.example/fhir";

    /** Days of records by type, as a server sorts them; two have none. */
    private static final List<List<String>> DAYS = List.of(
            List.of("2026-03-03", "2026-03-03", "2026-03-03", "2026-03-01", "2025-01-01", ""),
            List.of("2026-03-03", "2026-03-02", "2026-03-02", "2024"),
            List.of(),
            List.of("2026-03-04", ""));

    private final List<Pages.Position> begin = Stream.of("0?0", "1?0", "2?0", "3?0")
            .map(path -> new Pages.Position(path, 0))
            .toList();

    @ParameterizedTest(name = "pages of {0} from a server with pages of {1}")
    @CsvSource({"1, 1", "1, 3", "2, 1", "3, 2", "5, 5", "12, 2", "50, 50"})
    void all_records_come_once_and_the_newest_first_however_pages_are_cut(int count, int behind) {
        List<String> expected = DAYS.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(RecordTime::instant).reversed())
                .toList();

        List<String> found = read(count, behind, resource -> true);

        assertThat(found).hasSameSizeAs(expected);
        assertThat(found.stream().map(one -> one.substring(4)).toList()).isEqualTo(expected);
        assertThat(found).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "50, 50"})
    void what_is_withheld_leaves_no_gap(int count, int behind) {
        List<String> found =
                read(count, behind, resource -> !resource.path("id").asText().startsWith("0"));

        assertThat(found.stream().map(one -> one.substring(4)))
                .containsExactly("2026-03-04", "2026-03-03", "2026-03-02", "2026-03-02", "2024", "");
    }

    /** Type, number and day of each record, page by page. */
    private List<String> read(int count, int behind, Predicate<ObjectNode> leaves) {
        Chronology chronology = new Chronology(new Pages(
                new Upstream(new Server(behind), "http://city.example/fhir", new SimpleMeterRegistry().timer("t"))));
        List<String> found = new ArrayList<>();
        List<Pages.Position> from = begin;
        while (!from.isEmpty()) {
            Pages.Page page = chronology.fill(from, count, leaves);
            page.entries().forEach(entry -> {
                ObjectNode resource = FhirJson.resource(Objects.requireNonNull(entry.resource()));
                found.add(resource.path("id").asText() + " "
                        + resource.path("date").asText());
            });
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(count);
            from = page.next();
        }
        return found;
    }

    /** Answers {@code <type>?<first>}. */
    private record Server(int perPage) implements FhirBackend {
        @Override
        public FhirResponse exchange(FhirRequest request) {
            List<String> days = DAYS.get(Integer.parseInt(request.path()));
            int first = Integer.parseInt(request.query());
            int end = Math.min(days.size(), first + perPage);
            ObjectNode bundle = FhirJson.object().put("resourceType", "Bundle").put("type", "searchset");
            if (end < days.size()) {
                bundle.putArray("link")
                        .addObject()
                        .put("relation", "next")
                        .put("url", BASE + "/" + request.path() + "?" + end);
            }
            ArrayNode entries = bundle.putArray("entry");
            for (int i = first; i < end; i++) {
                entries.addObject()
                        .putObject("resource")
                        .put("resourceType", "Basic")
                        .put("id", request.path() + "-" + i)
                        .put("date", days.get(i));
            }
            return new FhirResponse(
                    200, Headers.NONE, Body.of(new String(FhirJson.bytes(bundle), StandardCharsets.UTF_8)));
        }

        @Override
        public URI base() {
            return URI.create(BASE);
        }

        @Override
        public CompletableFuture<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
