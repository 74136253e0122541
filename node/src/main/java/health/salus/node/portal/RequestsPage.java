package health.salus.node.portal;

import health.salus.contracts.access.Access;
import health.salus.node.access.DepositedTerms;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Asked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a patient decides: requests that wait, grants in force, and what became of others. */
@PageController
class RequestsPage {
    private static final int MOST_OVER = 50;

    private final Portals portals;
    private final InstantSource clock;

    RequestsPage(Portals portals, InstantSource clock) {
        this.portals = portals;
        this.clock = clock;
    }

    @GetMapping("/{organization}/portal/requests")
    String page(@AuthenticationPrincipal PatientSession session, Model model) {
        List<Asked> asked = asked(session);
        model.addAttribute("waiting", in(asked, Asked.State.WAITING));
        model.addAttribute("inForce", in(asked, Asked.State.IN_FORCE));
        model.addAttribute(
                "over", in(asked, Asked.State.OVER).stream().limit(MOST_OVER).toList());
        return "portal/requests";
    }

    /** Everything that was asked of the patient, the latest first. */
    List<Asked> asked(PatientSession session) {
        Access access = portals.access();
        Instant now = clock.instant();
        List<Asked> asked = new ArrayList<>();
        for (DepositedTerms.Deposit deposit : portals.custodian(session.organization())
                .terms()
                .of(session.patient().value())) {
            access.grant(deposit.grant()).ifPresent(grant -> asked.add(Asked.of(grant, deposit.terms(), now)));
        }
        asked.sort(Comparator.comparing(Asked::from).reversed());
        return asked;
    }

    private static List<Asked> in(List<Asked> asked, Asked.State state) {
        return asked.stream().filter(one -> one.state() == state).toList();
    }
}
