package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.ResourceVersion;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.RecordList;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The International Patient Summary: as a page to print, and as a FHIR document. */
@PageController
class SummaryPage {
    private static final String CLINICAL =
            "Condition,AllergyIntolerance,MedicationRequest,MedicationStatement,Immunization,Procedure";
    private static final String MEASURED = "Observation";
    private static final int PER_READ = 200;
    private static final int MOST_READS = 5;

    private final Portals portals;
    private final MessageSource messages;
    private final InstantSource clock;

    SummaryPage(Portals portals, MessageSource messages, InstantSource clock) {
        this.portals = portals;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/{organization}/portal/summary")
    String page(@AuthenticationPrincipal PatientSession session, HttpServletRequest request, Model model) {
        PatientSummary summary = summary(session, request);
        model.addAttribute("summary", summary);
        model.addAttribute("parts", summary.parts());
        model.addAttribute("patientName", summary.name());
        model.addAttribute("birthDate", summary.birthDate());
        model.addAttribute("made", clock.instant());
        return "portal/summary";
    }

    /** The same as a document that other systems read. */
    @GetMapping("/{organization}/portal/summary/document")
    ResponseEntity<byte[]> document(
            @AuthenticationPrincipal PatientSession session, HttpServletRequest request, Locale language) {
        Instant now = clock.instant();
        SummaryDocument document = new SummaryDocument(
                messages, language, portals.custodian(session.organization()).fhirBase(), session.organization());
        return Bundles.file("summary.json", Bundles.FHIR, FhirJson.bytes(document.of(summary(session, request), now)));
    }

    private PatientSummary summary(PatientSession session, HttpServletRequest request) {
        ObjectNode patient = portals.read(session, request, "Patient/" + session.patient());
        List<JsonNode> records = new ArrayList<>();
        List<ResourceVersion> withheld = new ArrayList<>();
        boolean complete = read(session, request, CLINICAL, records, withheld);
        complete &= read(session, request, MEASURED, records, withheld);
        return PatientSummary.of(patient, records, withheld, complete);
    }

    /** Adds the newest records of some types. @return whether those are all */
    private boolean read(
            PatientSession session,
            HttpServletRequest request,
            String types,
            List<JsonNode> records,
            List<ResourceVersion> withheld) {
        String target = "?patient=" + session.patient() + "&_type=" + types + "&_count=" + PER_READ;
        for (int reads = 0; reads < MOST_READS; reads++) {
            JsonNode bundle = portals.read(session, request, target);
            RecordList list = RecordList.of(bundle);
            withheld.addAll(list.altered());
            bundle.path("entry").forEach(entry -> {
                if (!RecordList.isOutcome(entry)) {
                    records.add(entry.path("resource"));
                }
            });
            if (list.next().isEmpty()) {
                return true;
            }
            target = "?_cursor=" + list.next();
        }
        return false;
    }
}
