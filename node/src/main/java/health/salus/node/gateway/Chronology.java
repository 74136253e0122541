package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.node.gateway.Pages.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Merges searches that are each sorted by date, descending, into pages that are: the latest of what comes next in each comes
 * next. Nothing is left out where many records have one date, or none. Thread-safe.
 */
final class Chronology {
    /** As in {@link Pages}, so that no request runs on and on where most of it is withheld. */
    private static final int MOST_BEHIND = 40;

    private final Pages pages;

    Chronology(Pages pages) {
        this.pages = pages;
    }

    /**
     * Fills a page.
     *
     * @param from where each search goes on
     * @param count most entries on it
     * @param leaves decides about each resource, and notes those that it lets out
     * @throws FhirProblem where the server refuses
     */
    Pages.Page fill(List<Position> from, int count, Predicate<ObjectNode> leaves) {
        List<Search> searches = from.stream().map(Search::new).toList();
        List<BundleSlices.Entry> page = new ArrayList<>();
        Optional<Search> latest = latest(searches);
        while (latest.isPresent() && page.size() < count && fetched(searches) < MOST_BEHIND) {
            Head head = latest.get().take();
            if (leaves.test(head.resource)) {
                page.add(head.entry);
            }
            latest = latest(searches);
        }
        return new Pages.Page(
                page,
                searches.stream().flatMap(search -> search.rest().stream()).toList());
    }

    private static Optional<Search> latest(List<Search> searches) {
        return searches.stream()
                .filter(search -> search.head().isPresent())
                .max(Comparator.comparing(search -> search.head().orElseThrow().time));
    }

    private static int fetched(List<Search> searches) {
        return searches.stream()
                .mapToInt(search -> Math.max(0, search.fetched - 1))
                .sum();
    }

    /** What comes next in one search. */
    private record Head(BundleSlices.Entry entry, ObjectNode resource, Instant time) {
        static Head of(BundleSlices.Entry entry, byte[] resource) {
            ObjectNode json = FhirJson.resource(resource);
            return new Head(entry, json, RecordTime.instant(RecordTime.text(json)));
        }
    }

    /** One of the searches, read as far as it is needed. */
    private final class Search {
        private @Nullable Position position;
        private List<BundleSlices.Entry> matches = List.of();
        private Optional<String> following = Optional.empty();
        private boolean open;
        private @Nullable Head head;
        private int fetched;

        Search(Position position) {
            this.position = position;
        }

        Optional<Head> head() {
            while (head == null && position != null) {
                if (!open) {
                    fetch(position);
                }
                if (position.skip() < matches.size()) {
                    BundleSlices.Entry entry = matches.get(position.skip());
                    byte[] resource = entry.resource();
                    if (resource == null) {
                        skip(position);
                    } else {
                        head = Head.of(entry, resource);
                    }
                } else {
                    position = following.map(path -> new Position(path, 0)).orElse(null);
                    open = false;
                }
            }
            return Optional.ofNullable(head);
        }

        Head take() {
            Head taken = head().orElseThrow();
            head = null;
            if (position != null) {
                skip(position);
            }
            return taken;
        }

        private void skip(Position at) {
            position = new Position(at.path(), at.skip() + 1);
        }

        private void fetch(Position at) {
            BundleSlices bundle = pages.fetch(at.path());
            matches = bundle.entries().stream()
                    .filter(BundleSlices.Entry::isMatch)
                    .toList();
            following = pages.following(bundle);
            open = true;
            fetched++;
        }

        /** Where it goes on; empty at its end. */
        Optional<Position> rest() {
            return head().map(next -> position);
        }
    }
}
