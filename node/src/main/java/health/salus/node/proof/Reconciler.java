package health.salus.node.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Goes through the server's history since it last did and seals what the gateway didn't: versions whose writer died before
 * sealing them, and writes that went around the gateway. What was there before the gateway is taken as it is
 * ({@link Baseline}). A version that can't be sealed is reported and keeps no other from being sealed. One pass at a time.
 */
public final class Reconciler {
    /** By so much each pass reaches back behind the last one; clocks differ, and transactions commit late. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final int PER_PAGE = 200;

    /** Reads what {@link FhirJson} won't, only to name it. */
    private static final JsonMapper LENIENT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(FhirJson.MAX_BYTES)
                            .maxStringLength(FhirJson.MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final FhirBackend backend;
    private final SealedVersions sealed;
    private final Baseline baseline;
    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    /** @param jdbc the organization's own database */
    Reconciler(FhirBackend backend, SealedVersions sealed, Baseline baseline, JdbcTemplate jdbc, InstantSource clock) {
        this.backend = backend;
        this.sealed = sealed;
        this.baseline = baseline;
        this.jdbc = jdbc;
        this.clock = clock;
        jdbc.execute(
                "create table if not exists reconciled (id int primary key, up_to timestamp(3) with time zone not null)");
        last().ifPresent(time -> baseline.end());
    }

    /** Makes one pass. @return how many versions it looked at */
    public synchronized long run() {
        Instant began = clock.instant();
        Optional<Instant> last = last();
        String since = last.map(time ->
                        "&_since=" + URLEncoder.encode(time.minus(OVERLAP).toString(), StandardCharsets.UTF_8))
                .orElse("");
        long count = 0;
        String query = "_count=" + PER_PAGE + since;
        String path = "_history";
        while (!path.isEmpty() || !query.isEmpty()) {
            ObjectNode page = page(path, query);
            for (JsonNode entry : page.path("entry")) {
                inspect(entry);
                count++;
            }
            String next = next(page);
            int question = next.indexOf('?');
            path = question < 0 ? next : next.substring(0, question);
            query = question < 0 ? "" : next.substring(question + 1);
        }
        jdbc.update("merge into reconciled key (id) values (1, ?)", Timestamp.from(began));
        baseline.end();
        return count;
    }

    private void inspect(JsonNode entry) {
        if (entry.path("resource") instanceof ObjectNode resource) {
            try {
                sealed.inspect(resource);
            } catch (FhirJsonException e) {
                sealed.reportUnsealable(ResourceVersion.of(resource));
            }
        } else if (entry.path("request").path("method").asText().equals("DELETE")) {
            String dated = entry.path("response").path("lastModified").asText();
            deletion(entry).ifPresent(version -> sealed.inspectDeletion(version, dated));
        }
    }

    /** The version that a deletion made; servers give it in the request's URL or the response's ETag. */
    static Optional<ResourceVersion> deletion(JsonNode entry) {
        String url = entry.path("request").path("url").asText();
        String etag = entry.path("response").path("etag").asText().replaceAll("^W/|\"", "");
        String reference = url.contains("/_history/") ? url : url + "/_history/" + etag;
        try {
            return Optional.of(ResourceVersion.parse(reference));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private ObjectNode page(String path, String query) {
        FhirResponse response = backend.exchange(FhirRequest.get(path, query));
        if (!response.isSuccess()) {
            throw new UnreadableVersionException(response.status());
        }
        try {
            return FhirJson.resource(response.body().bytes());
        } catch (FhirJsonException e) {
            return readableOf(response.body().bytes(), e);
        }
    }

    /** A page of history with whatever is in it; for the names of versions, not for their content. */
    static JsonNode lenient(byte[] body) {
        try {
            return LENIENT.readTree(body);
        } catch (IOException e) {
            return FhirJson.resource(body); // says what is wrong
        }
    }

    /** The page without what can't be read, which is reported. */
    private ObjectNode readableOf(byte[] body, FhirJsonException unreadable) {
        try {
            if (!(LENIENT.readTree(body) instanceof ObjectNode page)) {
                throw unreadable;
            }
            for (JsonNode entry : page.path("entry")) {
                if (entry.path("resource") instanceof ObjectNode resource) {
                    readable(resource)
                            .ifPresentOrElse(
                                    read -> ((ObjectNode) entry).set("resource", read),
                                    () -> ((ObjectNode) entry).remove("resource"));
                }
            }
            return page;
        } catch (IOException e) {
            throw unreadable;
        }
    }

    private Optional<ObjectNode> readable(ObjectNode resource) throws IOException {
        try {
            return Optional.of(FhirJson.resource(LENIENT.writeValueAsBytes(resource)));
        } catch (FhirJsonException e) {
            sealed.reportUnsealable(ResourceVersion.of(resource));
            return Optional.empty();
        }
    }

    private String next(ObjectNode page) {
        String base = backend.base().toString();
        for (JsonNode link : page.path("link")) {
            String url = link.path("url").asText();
            if (link.path("relation").asText().equals("next") && url.startsWith(base)) {
                String rest = url.substring(base.length());
                return rest.startsWith("/") ? rest.substring(1) : rest;
            }
        }
        return "";
    }

    private Optional<Instant> last() {
        List<Timestamp> last = jdbc.queryForList("select up_to from reconciled", Timestamp.class);
        return last.stream().findFirst().map(Timestamp::toInstant);
    }
}
