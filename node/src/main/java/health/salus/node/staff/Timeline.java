package health.salus.node.staff;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.identity.Handle;
import health.salus.node.presentation.RecordItem;
import health.salus.node.presentation.RecordKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Records of several kinds, the newest first.
 *
 * @param earlierThan date that the following page is earlier than; empty: this is the last
 */
record Timeline(List<RecordItem> items, String earlierThan) {
    private static final int PER_PAGE = 20;
    private static final int PER_KIND = 8;

    /** A page of those before {@code before}, a FHIR date or empty; each of {@code kinds} is one search. */
    static Timeline read(Handle patient, List<RecordKind> kinds, String before, Function<String, JsonNode> search) {
        int count = kinds.size() == 1 ? PER_PAGE : PER_KIND;
        List<RecordItem> items = new ArrayList<>();
        boolean more = false;
        for (RecordKind kind : kinds) {
            JsonNode bundle = search.apply(kind.search(patient.value(), count, before));
            bundle.path("entry").forEach(entry -> items.add(RecordItem.of(entry.path("resource"))));
            more |= bundle.path("link")
                    .valueStream()
                    .anyMatch(link -> link.path("relation").asText().equals("next"));
        }
        items.sort(Comparator.comparing(RecordItem::instant).reversed());
        List<RecordItem> shown = shown(items, count);
        boolean earlier = more || shown.size() < items.size();
        return new Timeline(shown, earlier && !shown.isEmpty() ? shown.getLast().date() : "");
    }

    /** The first {@code count}, and those that were at the same time as the last of them: the next page begins earlier. */
    private static List<RecordItem> shown(List<RecordItem> items, int count) {
        if (items.size() <= count) {
            return items;
        }
        Instant last = items.get(count - 1).instant();
        return items.stream().filter(item -> !item.instant().isBefore(last)).toList();
    }
}
