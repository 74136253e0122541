package health.salus.node.passkey;

import health.salus.contracts.rule.Action;
import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.ledger.transaction.TransactionException;
import health.salus.node.access.PortalOrigin;
import health.salus.node.config.NodeSettings;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Drafts transactions for passkeys to sign, and takes them in again signed. The browser shows and hashes the very bytes of the
 * draft, so the node that drafts can't have something else signed; the contract checks the signature. Thread-safe.
 */
@Component
public final class Drafts {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Ledger ledger;
    private final Duration patience;
    private final PortalOrigin origin;
    private final InstantSource clock;

    Drafts(LedgerHost ledger, NodeSettings settings, PortalOrigin origin, InstantSource clock) {
        this.ledger = ledger.ledger();
        this.patience = settings.ledger().answerWithin();
        this.origin = origin;
        this.clock = clock;
    }

    /**
     * A draft, for the module {@code transaction.js}; whoever asked may add what explains it.
     *
     * @param kid the passkey that shall sign
     * @param credential its id at its authenticator, base64url
     */
    public Map<String, String> draft(Sha256 kid, String credential, Action action) {
        TransactionBody body = TransactionBody.of(
                ledger.network(),
                action.contract(),
                action.action(),
                action.arguments(),
                clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS));
        Map<String, String> draft = new LinkedHashMap<>();
        draft.put("payload", ENCODER.encodeToString(body.toJson().canonical()));
        draft.put("kid", kid.base64Url());
        draft.put("credential", credential);
        draft.put("relyingParty", origin.relyingParty());
        return draft;
    }

    /**
     * Submits the transaction in a request's body and waits for what becomes of it.
     *
     * @param kid the passkey that has to have signed it
     * @throws Problem where the ledger doesn't take it, or nobody knows
     */
    public Submission.Committed submit(HttpServletRequest request, Sha256 kid) throws IOException {
        byte[] jws = request.getInputStream().readNBytes(Transaction.MAX_BYTES + 1);
        try {
            if (!Transaction.parse(jws).signer().equals(kid)) {
                throw Problem.of(403, "forbidden", "signed by another key than signed in");
            }
            if (ledger.submit(jws).get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    instanceof Submission.Committed committed) {
                return committed;
            }
            throw Problem.of(503, "not-taken", "the ledger did not take it in; nothing of it is in the log");
        } catch (TransactionException e) {
            throw Problem.of(400, e.refusal().code(), "no transaction that the ledger takes");
        } catch (TimeoutException | ExecutionException e) {
            throw unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        }
    }

    /** What the browser is told of a transaction: its id, and {@code accepted} or why it was rejected. */
    public static Map<String, String> outcome(Submission.Committed committed) {
        return Map.of(
                "id",
                committed.id().base64Url(),
                "outcome",
                committed.rejection().map(Object::toString).orElse("accepted"));
    }

    private static Problem unknown() {
        return Problem.of(503, "unknown-outcome", "the ledger did not answer; look before repeating");
    }
}
