package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.node.backend.FhirResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Fills a page with what may leave, going on to the server's next page as long as there is room: a page that were short
 * by what is withheld would tell how much that is. Thread-safe.
 */
final class Pages {
    /** After so many pages of the server an answer is given even if it isn't full, so that no request runs on and on. */
    private static final int MOST_BEHIND = 40;

    private final Upstream upstream;

    Pages(Upstream upstream) {
        this.upstream = upstream;
    }

    /** Where the following page begins: at the {@code skip}th match of the server's page {@code path}. */
    record Position(String path, int skip) {}

    /** One page, and where what it was made of goes on; empty {@code next}: the last. */
    record Page(List<BundleSlices.Entry> entries, List<Position> next) {}

    /**
     * Fills a page.
     *
     * @param count most matches on it; what they include comes on top
     * @param leaves decides about each resource, and notes those that it lets out
     * @throws FhirProblem where the server refuses
     */
    Page fill(Position from, int count, Predicate<ObjectNode> leaves) {
        List<BundleSlices.Entry> page = new ArrayList<>();
        Position position = from;
        int matches = 0;
        for (int behind = 0; behind < MOST_BEHIND; behind++) {
            BundleSlices bundle = fetch(position.path());
            List<BundleSlices.Entry> included = new ArrayList<>();
            int seen = 0;
            for (BundleSlices.Entry entry : bundle.entries()) {
                if (entry.isMatch()) {
                    seen++;
                    if (seen <= position.skip() || matches == count) {
                        continue;
                    }
                    position = new Position(position.path(), seen);
                    if (lets(leaves, entry)) {
                        page.add(entry);
                        matches++;
                    }
                } else {
                    included.add(entry);
                }
            }
            included.stream().filter(entry -> lets(leaves, entry)).forEach(page::add);
            if (position.skip() < seen) {
                return new Page(page, List.of(position));
            }
            Optional<Position> next = following(bundle).map(path -> new Position(path, 0));
            if (next.isEmpty() || matches == count) {
                return new Page(page, next.stream().toList());
            }
            position = next.get();
        }
        return new Page(page, List.of(position));
    }

    private static boolean lets(Predicate<ObjectNode> leaves, BundleSlices.Entry entry) {
        return entry.resource() != null && leaves.test(FhirJson.resource(entry.resource()));
    }

    /** Path of the server's page after this one. */
    Optional<String> following(BundleSlices bundle) {
        return Optional.ofNullable(bundle.links().get("next")).flatMap(upstream::relative);
    }

    /** A page of the server. @throws FhirProblem where it refuses */
    BundleSlices fetch(String path) {
        FhirResponse reply = upstream.get(path);
        if (!reply.isSuccess()) {
            throw switch (reply.status()) {
                case 404, 410 -> FhirProblem.notFound();
                case 400, 422 -> FhirProblem.invalid("the FHIR server does not take this search");
                default -> FhirProblem.unavailable("the FHIR server can't answer now");
            };
        }
        return Upstream.bundle(reply);
    }
}
