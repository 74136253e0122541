package health.salus.node.portal;

import health.salus.contracts.access.Access;
import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Passkey;
import health.salus.contracts.access.PersonKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.node.access.Guardians;
import health.salus.node.access.Guardians.Guardian;
import health.salus.node.access.PortalOrigin;
import health.salus.node.guardian.ProposedKey;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Drafts;
import health.salus.node.passkey.KeyNumber;
import health.salus.node.web.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a patient invites guardians and names them. */
@PageController
class GuardiansPage {
    /**
     * A guardian, or who may become one.
     *
     * @param id at this custodian; empty for one who came another way
     * @param name what the patient calls them; empty for one who came another way
     * @param kid id of the key; empty while they have none
     * @param number what people compare; empty while they have no key
     */
    record Shown(String id, String name, String kid, String number, State state) {
        private static Shown of(Guardian guardian, State state) {
            return new Shown(
                    guardian.id().value(),
                    guardian.name(),
                    guardian.kid().map(Sha256::base64Url).orElse(""),
                    guardian.kid().map(KeyNumber::of).orElse(""),
                    state);
        }

        private static Shown nameless(Sha256 kid) {
            return new Shown("", "", kid.base64Url(), KeyNumber.of(kid), State.NAMED);
        }

        public boolean isNamed() {
            return state == State.NAMED;
        }
    }

    /** How far one has come. */
    enum State {
        INVITED,
        READY,
        NAMED
    }

    /**
     * What is to be signed.
     *
     * @param guardians ids of their keys
     */
    record Choice(List<String> guardians, int threshold) {}

    private final Portals portals;
    private final Drafts drafts;
    private final PortalOrigin origin;
    private final InstantSource clock;

    GuardiansPage(Portals portals, Drafts drafts, PortalOrigin origin, InstantSource clock) {
        this.portals = portals;
        this.drafts = drafts;
        this.origin = origin;
        this.clock = clock;
    }

    @GetMapping("/{organization}/portal/guardians")
    String page(@AuthenticationPrincipal PatientSession session, Model model) {
        Optional<Recovery> recovery = portals.access().recovery(session.patient());
        List<Shown> guardians = guardians(session, recovery);
        List<Shown> choices =
                guardians.stream().filter(one -> one.state != State.INVITED).toList();
        int threshold = recovery.map(Recovery::threshold).orElse(0);
        model.addAttribute("guardians", guardians);
        model.addAttribute("choices", choices);
        model.addAttribute("threshold", threshold);
        model.addAttribute(
                "named", recovery.map(known -> known.guardians().size()).orElse(0));
        model.addAttribute("suggested", threshold > 0 ? threshold : choices.size() / 2 + 1);
        model.addAttribute("proposal", recovery.flatMap(known -> ProposedKey.of(known, clock.instant())));
        return "portal/guardians";
    }

    /** Makes a link for a guardian, and shows it once. */
    @PostMapping("/{organization}/portal/guardians/invitations")
    String invite(
            @RequestParam String name, @AuthenticationPrincipal PatientSession session, RedirectAttributes shown) {
        String code = stored(session).invite(session.patient(), name.strip());
        shown.addFlashAttribute("link", origin.value() + "/" + session.organization() + "/guardian/welcome#" + code);
        shown.addFlashAttribute("invited", name.strip());
        return toPage(session);
    }

    /** Forgets one who isn't named. */
    @PostMapping("/{organization}/portal/guardians/removals")
    String remove(@RequestParam String id, @AuthenticationPrincipal PatientSession session) {
        Optional<Recovery> recovery = portals.access().recovery(session.patient());
        guardians(session, recovery).stream()
                .filter(one -> one.id.equals(id) && !one.isNamed())
                .findFirst()
                .ifPresent(one -> stored(session).remove(session.patient(), new Handle(one.id)));
        return toPage(session);
    }

    /** Drafts that these are the guardians from now on; {@code names} says how the patient calls whom. */
    @PostMapping("/{organization}/portal/guardians/drafts")
    @ResponseBody
    Map<String, Object> draft(@RequestBody Choice choice, @AuthenticationPrincipal PatientSession session) {
        List<Shown> chosen = guardians(session, portals.access().recovery(session.patient())).stream()
                .filter(one -> one.state != State.INVITED && choice.guardians.contains(one.kid))
                .toList();
        if (chosen.isEmpty()
                || chosen.size() != choice.guardians.size()
                || choice.threshold < 1
                || choice.threshold > chosen.size()) {
            throw Problem.of(
                    400, "invalid-argument", "expected: guardians who have a passkey, and how many of them it takes");
        }
        List<NewKey> keys = new ArrayList<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (Shown one : chosen) {
            NewKey key = key(session, Sha256.ofBase64Url(one.kid));
            keys.add(key);
            if (!one.name.isEmpty()) {
                names.put(key.key().base64Url(), one.name);
            }
        }
        Map<String, Object> draft = new LinkedHashMap<>(drafts.draft(
                session.kid(), session.credential(), new AccessAction.NameGuardians(keys, choice.threshold)));
        draft.put("names", names);
        return draft;
    }

    /** Those whom this custodian knows, then those whom only the ledger does. */
    private List<Shown> guardians(PatientSession session, Optional<Recovery> recovery) {
        Access access = portals.access();
        List<Sha256> named = recovery.map(Recovery::guardians).orElse(List.of());
        List<Sha256> nameless = new ArrayList<>(named);
        List<Shown> shown = new ArrayList<>();
        for (Guardian guardian : stored(session).of(session.patient())) {
            Optional<Sha256> kid = guardian.kid();
            if (kid.filter(named::contains).isPresent()) {
                shown.add(Shown.of(guardian, State.NAMED));
                nameless.remove(kid.get());
            } else if (kid.flatMap(access::key).isEmpty()) { // the key of one who was dismissed is never taken again
                shown.add(Shown.of(guardian, kid.isPresent() ? State.READY : State.INVITED));
            }
        }
        nameless.forEach(kid -> shown.add(Shown.nameless(kid)));
        return shown;
    }

    private NewKey key(PatientSession session, Sha256 kid) {
        Access access = portals.access();
        Instant now = clock.instant();
        return access.signingKey(kid, now)
                .map(key -> new NewKey(
                        P256PublicKey.ofBase64Url(key),
                        access.key(kid).flatMap(PersonKey::passkey).map(Passkey::origin)))
                .or(() -> stored(session).of(session.patient()).stream()
                        .filter(guardian -> guardian.kid().filter(kid::equals).isPresent())
                        .findFirst()
                        .flatMap(Guardian::key))
                .orElseThrow(() -> Problem.of(404, "not-found", "there is no such guardian of yours"));
    }

    private Guardians stored(PatientSession session) {
        return portals.custodian(session.organization()).guardians();
    }

    private static String toPage(PatientSession session) {
        return "redirect:/" + session.organization() + "/portal/guardians";
    }
}
