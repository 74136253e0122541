package health.salus.node.portal;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonReader;
import health.salus.node.access.Custodian;
import health.salus.node.access.Notifications;
import health.salus.node.guardian.ProposedKey;
import health.salus.node.notice.MailDelivery;
import health.salus.node.pages.PageController;
import health.salus.node.presentation.Asked;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What a patient sees first: a new key that guardians propose, how many requests wait, and what happened lately. */
@PageController
class HomePage {
    private static final int MOST_SHOWN = 20;

    /**
     * Something that happened on the ledger.
     *
     * @param type part of a message key
     * @param party organization that did it; empty for the patient and the custodian
     */
    record Happened(Instant time, String type, String party, boolean emergency) {
        static Happened of(Notifications.Notification one) {
            JsonObject data = JsonReader.object(one.data().getBytes(StandardCharsets.UTF_8));
            String party =
                    text(data, "requester").or(() -> text(data, "organization")).orElse("");
            return new Happened(one.time(), one.type(), party, one.isEmergency());
        }

        private static Optional<String> text(JsonObject data, String name) {
            return data.members().get(name) instanceof JsonString(String value) ? Optional.of(value) : Optional.empty();
        }
    }

    private final Portals portals;
    private final RequestsPage requests;
    private final InstantSource clock;
    private final Optional<MailDelivery> mail;

    HomePage(Portals portals, RequestsPage requests, InstantSource clock, Optional<MailDelivery> mail) {
        this.portals = portals;
        this.requests = requests;
        this.clock = clock;
        this.mail = mail;
    }

    @GetMapping("/{organization}/portal/home")
    String page(@AuthenticationPrincipal PatientSession session, Model model) {
        Custodian custodian = portals.custodian(session.organization());
        custodian.follower().awaitHeight(portals.height());
        model.addAttribute(
                "notifications",
                custodian.notifications().of(session.patient().value(), MOST_SHOWN).stream()
                        .map(Happened::of)
                        .toList());
        model.addAttribute(
                "waiting",
                requests.asked(session).stream()
                        .filter(asked -> asked.state() == Asked.State.WAITING)
                        .count());
        model.addAttribute(
                "proposal",
                portals.access()
                        .recovery(session.patient())
                        .flatMap(recovery -> ProposedKey.of(recovery, clock.instant())));
        model.addAttribute("mail", mail.isPresent());
        model.addAttribute("handle", session.patient().value());
        return "portal/home";
    }
}
