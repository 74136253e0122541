package health.salus.node.presentation;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.identity.Handle;
import health.salus.identity.OrganizationId;
import health.salus.node.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What the form above a list of disclosures says.
 *
 * @param who organization's id, or empty
 * @param from first day, or empty
 * @param to last day, or empty
 * @param own {@code on} to see what patients' own keys read as well
 * @param before where the page begins, or empty
 */
public record DisclosureFilter(String who, String from, String to, String own, String before) {
    public DisclosureFilter(
            @Nullable String who,
            @Nullable String from,
            @Nullable String to,
            @Nullable String own,
            @Nullable String before) {
        this.who = orEmpty(who).strip();
        this.from = orEmpty(from);
        this.to = orEmpty(to);
        this.own = orEmpty(own);
        this.before = orEmpty(before);
    }

    /**
     * The search at the FHIR door.
     *
     * @param patient handle; empty for everybody's
     * @throws Problem with status 400 for what is no organization or day
     */
    public String target(String patient, int count) {
        StringBuilder target = new StringBuilder("AuditEvent?_count=" + count);
        if (!patient.isEmpty()) {
            if (!Handle.isHandle(patient)) {
                throw Problem.of(400, "invalid-argument", "patient: not a handle");
            }
            target.append("&patient=").append(patient);
        }
        if (!who.isEmpty()) {
            if (!OrganizationId.isId(who)) {
                throw Problem.of(400, "invalid-argument", "who: not an organization's id");
            }
            target.append("&requester=").append(who);
        }
        if (!own.equals("on")) {
            target.append("&requester:missing=false");
        }
        try {
            if (!from.isEmpty()) {
                target.append("&date=ge").append(begin(LocalDate.parse(from)));
            }
            if (!to.isEmpty()) {
                target.append("&date=lt").append(begin(LocalDate.parse(to).plusDays(1)));
            }
        } catch (DateTimeException e) {
            throw Problem.of(400, "invalid-argument", "from or to: not a day");
        }
        if (before.matches("[0-9]{1,18}")) {
            target.append("&_before=").append(before);
        }
        return target.toString();
    }

    /** What {@code before} is for the page after this one; empty where it is the last. */
    public static String next(JsonNode bundle) {
        return bundle.path("link")
                .valueStream()
                .filter(link -> link.path("relation").asText().equals("next"))
                .map(link -> link.path("url").asText())
                .map(url -> url.substring(url.lastIndexOf('=') + 1))
                .findFirst()
                .orElse("");
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
