package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.AccessDecision.Permitted;
import health.salus.contracts.access.Interaction;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.node.access.Entitlement;
import health.salus.node.proof.SealedVersions;
import health.salus.node.proof.TamperedException;
import health.salus.node.smart.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Bundles of what may leave, page by page, and the links that lead from one to the next.
 *
 * <p>A record that isn't as it was sealed leaves for nobody. Others get no answer at all then; patients, whose record it is,
 * get the rest, and an OperationOutcome for each that is withheld. Thread-safe.
 */
final class ReleasedPages {
    static final String CURSOR = "_cursor";
    private static final Duration CURSOR_LIFE = Duration.ofMinutes(30);
    private static final byte[] OUTCOME = "{\"mode\":\"outcome\"}".getBytes(StandardCharsets.UTF_8);

    private final String organization;
    private final String base;
    private final Release release;
    private final SealedVersions seals;
    private final CursorSeal cursors;
    private final InstantSource clock;
    private final Pages pages;
    private final Chronology chronology;

    /** @param base address of the organization's FHIR base, without a slash at the end */
    ReleasedPages(
            String organization,
            String base,
            Upstream upstream,
            Release release,
            SealedVersions seals,
            CursorSeal cursors,
            InstantSource clock) {
        this.organization = organization;
        this.base = base;
        this.release = release;
        this.seals = seals;
        this.cursors = cursors;
        this.clock = clock;
        this.pages = new Pages(upstream);
        this.chronology = new Chronology(pages);
    }

    /** The cursor that a link to the next page brought. @throws FhirProblem where it isn't this caller's, or too old */
    PageCursor cursor(Request request, String sealed) {
        return cursors.open(organization, request.session().caller().kid().base64Url(), sealed);
    }

    /**
     * A page.
     *
     * @param from where it begins; several searches are merged, the newest first
     * @param count most entries on it
     */
    Answer answer(Inquiry inquiry, Entitlement.Granted granted, List<Pages.Position> from, int count, Interaction way) {
        Pages.Page page = from.size() == 1
                ? pages.fill(from.getFirst(), count, resource -> leaves(inquiry, granted, way, resource))
                : chronology.fill(from, count, resource -> leaves(inquiry, granted, way, resource));
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self(inquiry.request()));
        if (count > 0 && !page.next().isEmpty()) {
            links.put("next", next(inquiry.request(), granted, page.next(), count, way));
        }
        List<BundleSlices.Entry> entries = new ArrayList<>();
        page.entries().forEach(entry -> entries.add(addressed(entry)));
        inquiry.altered()
                .forEach(version -> entries.add(
                        new BundleSlices.Entry(null, OperationOutcomes.withheld(version), OUTCOME, null, null)));
        return Answer.of(
                200, BundleWriter.write(way == Interaction.HISTORY ? "history" : "searchset", null, links, entries));
    }

    private boolean leaves(Inquiry inquiry, Entitlement.Granted granted, Interaction way, ObjectNode resource) {
        return release.ground(resource, granted, inquiry.request().session().scopes(), way)
                .filter(ground -> lets(inquiry, () -> seals.requireSealed(resource), ground))
                .isPresent();
    }

    /**
     * Whether a resource leaves that may; notes in {@code inquiry} that it does, or that it isn't as it was sealed.
     *
     * @param sealed gives its version, or throws {@link TamperedException}
     */
    boolean lets(Inquiry inquiry, Supplier<ResourceVersion> sealed, Permitted ground) {
        try {
            inquiry.discloses(sealed.get(), ground);
            return true;
        } catch (TamperedException e) {
            if (!(inquiry.request().session().caller() instanceof Caller.Person)) {
                throw e;
            }
            inquiry.withholds(e.version());
            return false;
        }
    }

    private String next(
            Request request, Entitlement.Granted granted, List<Pages.Position> next, int count, Interaction way) {
        PageCursor cursor = new PageCursor(
                request.session().caller().kid().base64Url(),
                granted.patient(),
                granted.handle(),
                way.name(),
                next,
                count,
                clock.instant().plus(CURSOR_LIFE));
        return base + "?" + CURSOR + "=" + cursors.seal(organization, cursor);
    }

    /** The request as it came, but for what a form brought: that is not for URLs. */
    private String self(Request request) {
        String address = request.path().isEmpty() ? base : base + "/" + request.path();
        return request.query().isEmpty() ? address : address + "?" + request.query();
    }

    private BundleSlices.Entry addressed(BundleSlices.Entry entry) {
        return Optional.ofNullable(entry.resource())
                .map(resource -> entry.withFullUrl(base + "/"
                        + ResourceVersion.of(FhirJson.resource(resource)).resource()))
                .orElse(entry);
    }
}
