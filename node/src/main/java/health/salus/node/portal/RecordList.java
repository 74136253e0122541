package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.ResourceVersion;
import health.salus.node.presentation.RecordItem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page of records shows.
 *
 * @param altered versions that belong here, but are not what was sealed, so that the gateway withholds them
 * @param next where the page after this one begins; empty for none
 */
record RecordList(List<RecordItem> items, List<ResourceVersion> altered, String next) {
    /** Reads what the gateway answered. */
    static RecordList of(JsonNode bundle) {
        List<RecordItem> items = new ArrayList<>();
        List<ResourceVersion> altered = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            JsonNode resource = entry.path("resource");
            if (isOutcome(entry)) {
                altered.add(ResourceVersion.parse(
                        resource.at("/issue/0/details/text").asText()));
            } else {
                items.add(RecordItem.of(resource));
            }
        }
        String next = Bundles.next(bundle)
                .map(url -> url.substring(url.lastIndexOf('=') + 1))
                .orElse("");
        return new RecordList(items, altered, next);
    }

    /** Whether an entry tells about the search instead of being a record. */
    static boolean isOutcome(JsonNode entry) {
        return entry.path("search").path("mode").asText().equals("outcome");
    }
}
