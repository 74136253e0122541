package health.salus.node.staff;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.access.Access;
import health.salus.fhir.FhirJson;
import health.salus.ledger.event.Cursor;
import health.salus.node.access.Custodian;
import health.salus.node.access.Notifications.Notification;
import health.salus.node.gateway.PageReads;
import health.salus.node.proof.Finding;
import health.salus.node.proof.Provers;
import health.salus.node.smart.Clients;
import health.salus.node.smart.Session;
import health.salus.node.smart.SmartScopes;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a custodian's staff read on their pages, each part by those it is for. Thread-safe. */
@Component
final class CustodianDesk {
    private static final SmartScopes READING = SmartScopes.parse("system/*.rs");
    private static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, 0);

    private final Staff staff;
    private final Custodian.Directory custodians;
    private final Provers provers;
    private final Clients clients;
    private final PageReads reads;

    CustodianDesk(Staff staff, Custodian.Directory custodians, Provers provers, Clients clients, PageReads reads) {
        this.staff = staff;
        this.custodians = custodians;
        this.provers = provers;
        this.clients = clients;
        this.reads = reads;
    }

    /** The custodian whose staff has signed in. @throws Problem where it is none, or the part is for others of its staff */
    Custodian open(StaffSession session, CustodianPart part) {
        if (!part.isFor(staff.certificate(session))) {
            throw Problem.of(403, "forbidden", "this page is for others of the staff");
        }
        return custodians
                .find(session.organization())
                .orElseThrow(() -> Problem.of(404, "not-found", "the organization keeps no records here"));
    }

    Access access() {
        return staff.access();
    }

    /**
     * What happened to the custodian's patients, the newest first.
     *
     * @param type of the ledger's event
     * @param before cursor of the last one of the page before, or anything else for the first page
     */
    List<Notification> happened(Custodian custodian, String type, String before, int most) {
        custodian.follower().awaitHeight(staff.height());
        return custodian.notifications().ofType(type, cursor(before), most);
    }

    private static Cursor cursor(String text) {
        return text.matches("[0-9]{1,15}\\.[0-9]{1,9}") ? Cursor.parse(text) : NEWEST;
    }

    /** Reads FHIR JSON as at the FHIR door; it is decided and audited there. */
    JsonNode read(StaffSession session, HttpServletRequest request, String target) {
        Session reader = clients.recognise(session.organization(), session.certificate())
                .map(caller -> new Session(caller, READING))
                .orElseThrow(() -> Problem.of(401, "signed-out", "the certificate is not in force any more"));
        return FhirJson.resource(reads.get(session.organization(), reader, request.getRemoteAddr(), target));
    }

    /** What reconciliation and scrubbing found, the newest first. */
    List<Finding> findings(StaffSession session, int most) {
        return provers.find(session.organization()).stream()
                .flatMap(prover -> prover.findings().newest(most).stream())
                .toList();
    }
}
