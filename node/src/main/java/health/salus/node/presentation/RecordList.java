package health.salus.node.presentation;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.ResourceVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a page of records shows.
 *
 * @param altered versions that belong here, but are not what was sealed, so that the gateway withholds them
 * @param next where the page after this one begins; empty for none
 */
public record RecordList(List<RecordItem> items, List<ResourceVersion> altered, String next) {
    /** Reads what the gateway answered. */
    public static RecordList of(JsonNode bundle) {
        List<RecordItem> items = new ArrayList<>();
        List<ResourceVersion> altered = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            if (isOutcome(entry)) {
                withheld(resource).ifPresent(altered::add);
            } else {
                items.add(RecordItem.of(resource));
            }
        }
        return new RecordList(items, altered, next(bundle));
    }

    private static Optional<ResourceVersion> withheld(JsonNode outcome) {
        try {
            return Optional.of(
                    ResourceVersion.parse(outcome.at("/issue/0/details/text").asText()));
        } catch (IllegalArgumentException e) { // an outcome that tells something else
            return Optional.empty();
        }
    }

    private static String next(JsonNode bundle) {
        return bundle.path("link")
                .valueStream()
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .map(url -> url.substring(url.lastIndexOf('=') + 1))
                .findFirst()
                .orElse("");
    }

    /** Whether an entry tells about the search instead of being a record. */
    public static boolean isOutcome(JsonNode entry) {
        return entry.path("search").path("mode").asText().equals("outcome");
    }
}
