package health.salus.node.proof;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.ResourceVersion;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which versions a write made: from what the server answered, or else from its history. Thread-safe. */
public final class WrittenVersions {
    private static final Pattern LOCATION =
            Pattern.compile("(?:.*/)?([A-Z][A-Za-z]{1,63}/[A-Za-z0-9.-]{1,64}/_history/[A-Za-z0-9.-]{1,64})");
    /** How far a server's clock may be behind. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final int NEWEST = 20;

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

    /** The newest deletion of a resource; a version after it, written by somebody else meanwhile, doesn't matter. */
    public Optional<ResourceVersion> deletion(String type, String id) {
        return history(type + "/" + id + "/_history", "_count=" + NEWEST).stream()
                .filter(Entry::isDeletion)
                .map(Entry::version)
                .findFirst();
    }

    /** Deletions of resources of one type that came about since {@code began}, or not long before. */
    public Set<ResourceVersion> deletedSince(String type, Instant began) {
        return versions(recent(type, began).filter(Entry::isDeletion));
    }

    /** All versions that came about since {@code began}, or not long before, of one type or, where that is empty, of any. */
    public Set<ResourceVersion> since(String type, Instant began) {
        return versions(recent(type, began));
    }

    private record Entry(ResourceVersion version, boolean isDeletion) {}

    private static Set<ResourceVersion> versions(Stream<Entry> entries) {
        return entries.map(Entry::version).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stream<Entry> recent(String type, Instant began) {
        String since = URLEncoder.encode(began.minus(SKEW).toString(), StandardCharsets.UTF_8);
        String path = type.isEmpty() ? "_history" : type + "/_history";
        return history(path, "_count=1000&_since=" + since).stream();
    }

    private List<Entry> history(String path, String query) {
        FhirResponse response = backend.exchange(FhirRequest.get(path, query));
        if (!response.isSuccess()) {
            throw new UnreadableVersionException(response.status());
        }
        JsonNode entries = Reconciler.lenient(response.body().bytes()).path("entry"); // only names are wanted
        List<Entry> versions = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (entry.has("resource")) {
                versions.add(new Entry(ResourceVersion.of(entry.path("resource")), false));
            } else {
                Reconciler.deletion(entry).ifPresent(version -> versions.add(new Entry(version, true)));
            }
        }
        return versions;
    }
}
