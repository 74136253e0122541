package health.salus.node.portal;

import health.salus.contracts.access.AccessAction;
import health.salus.contracts.access.Grant;
import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.Submission;
import health.salus.node.pages.PageController;
import health.salus.node.passkey.Challenges;
import health.salus.node.passkey.Drafts;
import health.salus.node.passkey.PasskeyCreation;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/** Drafts transactions that a patient may sign, and takes them in again signed; see {@link Drafts}. */
@PageController
class SigningDoor {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /**
     * What is to be drafted.
     *
     * @param action {@code approve}, {@code deny} or {@code revoke} with {@code subject} the handle of a grant;
     *     {@code revoke-key} with the id of a key; {@code veto-rotation} with that of the key that guardians propose
     */
    record Wish(String action, String subject) {}

    /** A new passkey to be added; all in base64url. */
    record Addition(String challenge, String attestationObject, String clientData) {}

    private final Portals portals;
    private final Drafts drafts;
    private final PasskeyCreation creation;
    private final Challenges<PatientSession> challenges;

    SigningDoor(Portals portals, Drafts drafts, PasskeyCreation creation, SecureRandom random, InstantSource clock) {
        this.portals = portals;
        this.drafts = drafts;
        this.creation = creation;
        this.challenges = new Challenges<>(random, clock);
    }

    /** Drafts a decision; of an approval with the terms that it commits to. */
    @PostMapping("/{organization}/portal/transactions/drafts")
    @ResponseBody
    Map<String, String> draft(@RequestBody Wish wish, @AuthenticationPrincipal PatientSession session) {
        return switch (wish.action) {
            case "approve" -> {
                Grant grant = grant(session, wish.subject);
                Map<String, String> draft = draft(session, grant, new AccessAction.Approve(grant.id(), grant.terms()));
                draft.put("terms", ENCODER.encodeToString(terms(session, grant)));
                yield draft;
            }
            case "deny" -> {
                Grant grant = grant(session, wish.subject);
                yield draft(session, grant, new AccessAction.Deny(grant.id()));
            }
            case "revoke" -> {
                Grant grant = grant(session, wish.subject);
                yield draft(session, grant, new AccessAction.Revoke(grant.id()));
            }
            case "veto-rotation" ->
                draft(session, new AccessAction.VetoRotation(session.patient(), proposed(session, wish.subject)));
            case "revoke-key" -> draft(session, new AccessAction.RevokeKey(keyOf(session, wish.subject)));
            default -> throw Problem.of(400, "invalid-argument", "no such draft");
        };
    }

    /** What a further passkey is to be made with. */
    @PostMapping("/{organization}/portal/passkeys/challenge")
    @ResponseBody
    Map<String, String> begin(@AuthenticationPrincipal PatientSession session) {
        Map<String, String> options = new LinkedHashMap<>(creation.options(
                challenges.issue(session),
                session.organization(),
                HexFormat.of().parseHex(session.patient().value())));
        options.put("credential", session.credential());
        return options;
    }

    /** Drafts the addition of a passkey that was just made. */
    @PostMapping("/{organization}/portal/passkeys/drafts")
    @ResponseBody
    Map<String, String> add(@RequestBody Addition addition, @AuthenticationPrincipal PatientSession session) {
        if (challenges.take(addition.challenge).filter(session::equals).isEmpty()) {
            throw Problem.of(400, "unknown-challenge", "too late, or not begun here");
        }
        NewKey key = creation.check(addition.challenge, addition.attestationObject, addition.clientData);
        return draft(session, new AccessAction.AddKey(key));
    }

    /** Takes a transaction that the key of this session signed, and tells what became of it. */
    @PostMapping("/{organization}/portal/transactions")
    @ResponseBody
    Map<String, String> submit(HttpServletRequest request, @AuthenticationPrincipal PatientSession session)
            throws IOException {
        Submission.Committed committed = drafts.submit(request, session.kid());
        portals.custodian(session.organization()).follower().awaitHeight(committed.height());
        return Drafts.outcome(committed);
    }

    private Map<String, String> draft(PatientSession session, Grant grant, AccessAction action) {
        Map<String, String> draft = draft(session, action);
        draft.put("requester", grant.requester());
        return draft;
    }

    private Map<String, String> draft(PatientSession session, AccessAction action) {
        return drafts.draft(session.kid(), session.credential(), action);
    }

    private Grant grant(PatientSession session, String subject) {
        if (!Handle.isHandle(subject)) {
            throw nothing();
        }
        return portals.access()
                .grant(new Handle(subject))
                .filter(found -> found.patient().equals(session.patient()))
                .orElseThrow(SigningDoor::nothing);
    }

    private byte[] terms(PatientSession session, Grant grant) {
        return portals.custodian(session.organization())
                .terms()
                .of(grant.id())
                .orElseThrow(SigningDoor::nothing)
                .terms()
                .canonical();
    }

    private Sha256 keyOf(PatientSession session, String subject) {
        return portals.access().patient(session.patient()).stream()
                .flatMap(patient -> patient.keys().stream())
                .filter(kid -> kid.base64Url().equals(subject))
                .findFirst()
                .orElseThrow(SigningDoor::nothing);
    }

    private Sha256 proposed(PatientSession session, String subject) {
        return portals.access()
                .recovery(session.patient())
                .flatMap(Recovery::rotation)
                .map(rotation -> rotation.key().key().thumbprint())
                .filter(kid -> kid.base64Url().equals(subject))
                .orElseThrow(SigningDoor::nothing);
    }

    private static Problem nothing() {
        return Problem.of(404, "not-found", "there is no such thing of yours");
    }
}
