package health.salus.node.smart;

import health.salus.contracts.access.Passkey;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import java.util.Optional;

/** Looks up in the ledger's current state who a key id belongs to. Implementations are thread-safe. */
public interface Clients {
    /**
     * A client and the key that its signatures verify with.
     *
     * @param caller who it is, seen from the organization that is asked
     * @param passkey what makes the key a passkey; empty for a plain key
     */
    record Client(Caller caller, P256PublicKey key, Optional<Passkey> passkey) {}

    /**
     * The client that {@code kid} names; empty where it is unknown, expired, revoked, or its organization is suspended.
     *
     * @param organization the organization that is asked
     */
    Optional<Client> find(String organization, Sha256 kid);

    /** The same without the key, which takes longer to look up. */
    default Optional<Caller> recognise(String organization, Sha256 kid) {
        return find(organization, kid).map(Client::caller);
    }
}
