package health.salus.node.portal;

import health.salus.node.gateway.PageReads.ProvenPage;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.pages.PageController;
import health.salus.node.web.Places;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;

/** Everything of a patient with its proofs, to keep and to check without any node. */
@PageController
class RecordsExport {
    private static final int PER_READ = 200;

    private final Portals portals;
    private final LedgerHost ledger;
    private final MessageSource messages;
    private final Exports exports;

    RecordsExport(Portals portals, LedgerHost ledger, MessageSource messages, Exports exports) {
        this.portals = portals;
        this.ledger = ledger;
        this.messages = messages;
        this.exports = exports;
    }

    /** Reads the first page before anything is answered, so that what is refused is told as a page. */
    @GetMapping("/{organization}/portal/records/archive")
    void archive(
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale language)
            throws IOException {
        try (Places.Place _ = exports.begin(session.patient())) {
            write(session, request, response, language);
        }
    }

    private void write(
            PatientSession session, HttpServletRequest request, HttpServletResponse response, Locale language)
            throws IOException {
        ProvenPage page = portals.provenPage(
                session, request, "Patient/" + session.patient() + "/$everything?_count=" + PER_READ);
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename("records.zip").build().toString());
        RecordsArchive archive = new RecordsArchive(response.getOutputStream());
        String base = portals.custodian(session.organization()).fhirBase();
        archive.add("README.txt", messages.getMessage("records.archive.readme", new Object[] {base}, language));
        archive.add("policy.txt", ledger.policy());
        archive.add(page);
        Optional<String> next = page.next();
        while (next.isPresent()) {
            page = portals.provenPage(session, request, next.get());
            archive.add(page);
            next = page.next();
        }
        archive.close(); // not where something fails before: what was cut short must not look whole
    }
}
