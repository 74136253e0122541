package health.salus.node.staff;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Grant;
import health.salus.identity.Handle;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Asked;
import health.salus.node.requester.OwnRequests.OwnRequest;
import health.salus.node.requester.Requester;
import health.salus.node.web.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What the organization asked other organizations' patients, and what became of it. */
@PageController
class AskedPage {
    private static final int MOST_SHOWN = 200;
    private static final String ALL = "all";

    private final Exchange exchange;

    AskedPage(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * A request.
     *
     * @param mine whether the session's holder asked
     * @param delivered whether the custodian has its terms, without which the patient can't decide
     */
    record Row(Asked asked, String custodian, String patient, boolean mine, boolean delivered) {}

    /** @param state a name of {@link Asked.State} in lower case, or {@value #ALL} */
    @GetMapping("/{organization}/staff/asked")
    String page(
            @RequestParam(defaultValue = ALL) String state,
            @AuthenticationPrincipal StaffSession session,
            Model model) {
        Requester requester = exchange.requester(session);
        requester.delivery().wake(); // one may just have been signed
        Optional<Asked.State> only = state(state);
        List<Row> rows = requester.requests().newest(MOST_SHOWN).stream()
                .flatMap(request -> row(request, session).stream())
                .filter(row -> only.isEmpty() || only.get() == row.asked().state())
                .toList();
        model.addAttribute("rows", rows);
        model.addAttribute("state", state);
        model.addAttribute(
                "states",
                Arrays.stream(Asked.State.values()).map(AskedPage::code).toList());
        model.addAttribute("canDeliver", requester.delivery().isPossible());
        return "staff/asked";
    }

    private Optional<Row> row(OwnRequest request, StaffSession session) {
        return exchange.access()
                .grant(request.grant())
                .map(grant -> new Row(
                        Asked.of(grant, request.terms(), exchange.now()),
                        grant.custodian(),
                        grant.patient().value(),
                        grant.signer().equals(session.certificate()),
                        request.deposited()));
    }

    private static Optional<Asked.State> state(String code) {
        if (code.equals(ALL)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Asked.State.values())
                .filter(state -> code(state).equals(code))
                .findFirst()
                .orElseThrow(() -> Problem.of(400, "invalid-argument", "state: not one of those")));
    }

    private static String code(Asked.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Drafts the withdrawal of a request of the organization. */
    @PostMapping("/{organization}/staff/asked/{grant}/withdrawal/drafts")
    @ResponseBody
    Map<String, String> withdraw(@PathVariable String grant, @AuthenticationPrincipal StaffSession session) {
        Grant found = Optional.of(grant)
                .filter(Handle::isHandle)
                .flatMap(handle -> exchange.access().grant(new Handle(handle)))
                .filter(one -> one.requester().equals(session.organization()))
                .orElseThrow(Exchange::nothing);
        Map<String, String> draft = new LinkedHashMap<>(exchange.draft(session, new AccessAction.Withdraw(found.id())));
        draft.put("custodian", found.custodian());
        return draft;
    }
}
