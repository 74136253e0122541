package health.salus.contracts.records;

import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Arguments;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.TreeHead;

/** What a transaction can ask of the contract {@code records}. */
public sealed interface RecordsAction extends Action {
    @Override
    default String contract() {
        return RecordsContract.NAME;
    }

    @Override
    default String action() {
        return RecordsSchema.ACTIONS.nameOf(this);
    }

    /** An action that says where a patient's records are. */
    sealed interface OfLocation extends RecordsAction permits Locate, Relocate {
        /** Whose. */
        Handle patient();

        /** The custodian's gateway, then {@code /Patient/} and the handle. */
        String url();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder()
                    .put("patient", patient().value())
                    .put("url", url())
                    .build();
        }
    }

    /**
     * Anchors the head of the record log of the signer's organization. By its gateway or a peer.
     *
     * @param head of at least one entry
     * @param proof that it extends the head anchored before; empty for the first
     */
    record Anchor(TreeHead head, ConsistencyProof proof) implements RecordsAction {
        private static final int LONGEST_PROOF = 64;

        static Anchor read(Arguments arguments) {
            return new Anchor(
                    new TreeHead(arguments.count("size", 1, Json.MAX_INTEGER), arguments.digest("root")),
                    new ConsistencyProof(arguments.digests("proof", LONGEST_PROOF)));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("size", head.size())
                    .put("root", head.root().base64Url())
                    .put(
                            "proof",
                            Fields.array(
                                    proof.path().stream().map(Sha256::base64Url).toList()))
                    .build();
        }
    }

    /**
     * Says for the first time where a patient's records are. By a gateway or registrar of the custodian.
     *
     * @param url the custodian's gateway, then {@code /Patient/} and the handle
     */
    record Locate(Handle patient, String url) implements OfLocation {
        static Locate read(Arguments arguments) {
            return new Locate(arguments.handle("patient"), arguments.url("url"));
        }
    }

    /** Says where a patient's records are now, after the gateway's address changed. Arguments and signer as before. */
    record Relocate(Handle patient, String url) implements OfLocation {
        static Relocate read(Arguments arguments) {
            return new Relocate(arguments.handle("patient"), arguments.url("url"));
        }
    }

    /**
     * Notes that a record was erased. By a gateway or registrar of the organization that erased it.
     *
     * @param seal digest of the erased record's seal, a salted commitment
     */
    record Erase(Sha256 seal) implements RecordsAction {
        static Erase read(Arguments arguments) {
            return new Erase(arguments.digest("seal"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder().put("seal", seal.base64Url()).build();
        }
    }
}
