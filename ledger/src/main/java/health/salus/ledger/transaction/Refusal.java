package health.salus.ledger.transaction;

import health.salus.ledger.contract.RejectionCode;
import java.util.Locale;

/**
 * Why a transaction was not taken in; nothing of it is in the log. The same codes say why one that reached the log all
 * the same (through a careless or lying member) was rejected there.
 */
public enum Refusal {
    /** Not a compact JWS of the network's kind, or not the payload expected in it. */
    MALFORMED,
    /** Longer than {@link Transaction#MAX_BYTES}. */
    TOO_LARGE,
    /** A payload that is JSON but not in RFC 8785 form. */
    NOT_CANONICAL,
    /** Made for another network. */
    WRONG_NETWORK,
    /** Its expiry has passed. */
    EXPIRED,
    /** Its expiry lies more than {@link Transaction#LONGEST_LIFE} ahead. */
    EXPIRES_TOO_LATE,
    /** A contract that the network has not activated. */
    UNKNOWN_CONTRACT,
    /** An action that the version in force does not know. */
    UNKNOWN_ACTION,
    /** Signed under a key id that is unknown, revoked or outside its validity. */
    UNKNOWN_KEY,
    /** Not signed by the key it names, or with a signature that is not in its one accepted form. */
    BAD_SIGNATURE,
    /** Too many transactions are waiting; the same one may be submitted again. */
    BUSY,
    /** Too few nodes can be reached to order it; try again later. */
    NO_QUORUM,
    /** The node cannot store anything now, for example because its disk is full; try again later. */
    STORAGE,
    /** The node is stopping or has stopped; try again later. */
    STOPPED;

    /** Whether the same transaction may be accepted later. */
    public boolean retrySafe() {
        return this == BUSY || this == NO_QUORUM || this == STORAGE || this == STOPPED;
    }

    /** For example {@code too-large}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The code of the same reason in a block header. */
    public RejectionCode rejection() {
        return new RejectionCode(code());
    }
}
