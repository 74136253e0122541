package health.salus.node.proof;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which versions a write made: from what the server answered, or else from its history. Thread-safe. */
public final class WrittenVersions {
    private static final Pattern LOCATION =
            Pattern.compile("(?:.*/)?([A-Z][A-Za-z]{0,63}/[A-Za-z0-9.-]{1,64}/_history/[A-Za-z0-9.-]{1,64})");
    /** How far a server's clock may be behind. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private final FhirBackend backend;

    public WrittenVersions(FhirBackend backend) {
        this.backend = backend;
    }

    /** The version that a {@code Location}, {@code Content-Location} or {@code response.location} names. */
    public static Optional<ResourceVersion> ofLocation(String location) {
        Matcher matcher = LOCATION.matcher(location);
        return matcher.matches() ? Optional.of(ResourceVersion.parse(matcher.group(1))) : Optional.empty();
    }

    /** The version that a response's headers name. */
    public static Optional<ResourceVersion> ofHeaders(FhirResponse response) {
        return response.headers()
                .first("Content-Location")
                .or(() -> response.headers().first("Location"))
                .flatMap(WrittenVersions::ofLocation);
    }

    /** The newest version of a resource, which may be its deletion. */
    public Optional<ResourceVersion> newest(String type, String id) {
        return history(type + "/" + id + "/_history", "_count=1").stream().findFirst();
    }

    /** All versions that came about since {@code began}, of one type or, where that is empty, of any. */
    public Set<ResourceVersion> since(String type, Instant began) {
        String since = URLEncoder.encode(began.minus(SKEW).toString(), StandardCharsets.UTF_8);
        String path = type.isEmpty() ? "_history" : type + "/_history";
        return new LinkedHashSet<>(history(path, "_count=1000&_since=" + since));
    }

    private List<ResourceVersion> history(String path, String query) {
        FhirResponse response = backend.exchange(FhirRequest.get(path, query));
        if (!response.isSuccess()) {
            throw new UnreadableVersionException(response.status());
        }
        JsonNode entries = FhirJson.resource(response.body().bytes()).path("entry");
        List<ResourceVersion> versions = new java.util.ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry.has("resource")) {
                versions.add(ResourceVersion.of(entry.path("resource")));
            } else {
                Reconciler.deletion(entry).ifPresent(versions::add);
            }
        }
        return versions;
    }
}
