package health.salus.ledger.block;

import health.salus.identity.P256PublicKey;
import health.salus.ledger.block.Candidate.Parsed;

/** Decides whether a transaction was signed by the key that is in force for its key id when its block is executed. */
@FunctionalInterface
public interface SignatureCheck {
    /** Verifies, unless the same key was verified before. */
    SignatureCheck VERIFIES = (candidate, position, key) ->
            candidate.verified().filter(key::equals).isPresent()
                    || candidate.transaction().isSignedBy(key);

    /**
     * Whether {@code key} made the signature.
     *
     * @param position of the transaction in its block, from 0
     */
    boolean signed(Parsed candidate, int position, P256PublicKey key);

    /** Believes what the header says, for blocks that this node itself executed before. */
    static SignatureCheck believing(BlockHeader header) {
        return (candidate, position, key) ->
                !BlockExecutor.BAD_SIGNATURE.equals(header.rejections().get(position));
    }
}
