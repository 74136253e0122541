package health.salus.node.portal;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.contracts.rule.Codes;
import health.salus.identity.Handle;
import health.salus.node.access.ErasureRequests;
import health.salus.node.access.ErasureRequests.Decision;
import health.salus.node.access.ErasureRequests.ErasureRequest;
import health.salus.node.access.ErasureRequests.Ground;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.RecordItem;
import health.salus.node.presentation.RecordKind;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a patient asks that records be erased (GDPR Art. 17), and sees what became of it. */
@PageController
class ErasurePage {
    /**
     * A request as the page shows it.
     *
     * @param type of the resource; empty for everything
     * @param record id of the resource; empty for everything
     * @param state part of a message key
     * @param ground part of a message key; empty unless it was refused
     * @param due when it has to be answered at the latest
     */
    record Shown(
            String id,
            String type,
            String record,
            Instant asked,
            String state,
            String ground,
            Instant due,
            Instant decided) {
        static Shown of(ErasureRequest request) {
            int slash = request.subject().indexOf('/');
            return new Shown(
                    request.id().value(),
                    request.subject().substring(0, Math.max(slash, 0)),
                    slash < 0 ? "" : request.subject().substring(slash + 1),
                    request.asked(),
                    request.decision().map(Shown::state).orElse("waiting"),
                    request.decision().map(Shown::ground).orElse(""),
                    request.due(),
                    request.decided().orElse(request.asked()));
        }

        private static String state(Decision decision) {
            return switch (decision) {
                case Decision.Granted granted -> "granted";
                case Decision.Refused refused -> "refused";
            };
        }

        private static String ground(Decision decision) {
            return switch (decision) {
                case Decision.Granted granted -> "";
                case Decision.Refused(Ground ground) -> Codes.code(ground);
            };
        }
    }

    private final Portals portals;

    ErasurePage(Portals portals) {
        this.portals = portals;
    }

    @GetMapping("/{organization}/portal/erasure")
    String page(@AuthenticationPrincipal PatientSession session, Model model) {
        model.addAttribute("record", Optional.empty());
        return shown(session, model);
    }

    /** The same, to ask for one record. */
    @GetMapping("/{organization}/portal/erasure/{type}/{id}")
    String page(
            @PathVariable String type,
            @PathVariable String id,
            @AuthenticationPrincipal PatientSession session,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("record", Optional.of(RecordItem.of(own(session, request, type, id))));
        return shown(session, model);
    }

    /**
     * Asks.
     *
     * @param subject {@code *}, or a record of the patient as {@code Observation/7}
     */
    @PostMapping("/{organization}/portal/erasure")
    String ask(
            @RequestParam String subject, @AuthenticationPrincipal PatientSession session, HttpServletRequest request) {
        if (!subject.equals(ErasureRequests.EVERYTHING)) {
            String[] parts = subject.split("/", 2);
            own(session, request, parts[0], parts.length > 1 ? parts[1] : "");
        }
        requests(session).ask(session.patient(), subject);
        return toPage(session);
    }

    @PostMapping("/{organization}/portal/erasure/withdrawals")
    String withdraw(@RequestParam String id, @AuthenticationPrincipal PatientSession session) {
        if (!Handle.isHandle(id)) {
            throw Problem.of(404, "no-open-request", "no request of this name waits");
        }
        requests(session).withdraw(session.patient(), new Handle(id));
        return toPage(session);
    }

    private String shown(PatientSession session, Model model) {
        model.addAttribute(
                "requests",
                requests(session).of(session.patient()).stream().map(Shown::of).toList());
        return "portal/erasure";
    }

    /** A record that the patient reads at the FHIR door. @throws Problem where there is none */
    private JsonNode own(PatientSession session, HttpServletRequest request, String type, String id) {
        if (RecordKind.of(type).isEmpty() || !id.matches("[A-Za-z0-9.-]{1,64}")) {
            throw Problem.of(404, "not-found", "there is no such record");
        }
        return portals.read(session, request, type + "/" + id);
    }

    private ErasureRequests requests(PatientSession session) {
        return portals.custodian(session.organization()).erasureRequests();
    }

    private static String toPage(PatientSession session) {
        return "redirect:/" + session.organization() + "/portal/erasure";
    }
}
