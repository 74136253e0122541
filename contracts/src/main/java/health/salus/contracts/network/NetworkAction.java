package health.salus.contracts.network;

import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.identity.Role;
import health.salus.ledger.contract.Arguments;
import java.time.Instant;
import java.util.Set;

/** What a transaction can ask of the contract {@code network}. */
public sealed interface NetworkAction extends Action {
    @Override
    default String contract() {
        return NetworkContract.NAME;
    }

    @Override
    default String action() {
        return NetworkSchema.ACTIONS.nameOf(this);
    }

    /** An action that names a key or certificate and nothing else. */
    sealed interface OfKey extends NetworkAction permits RestoreCertificate, RetireAuthority, SuspendCertificate {
        /** Its id. */
        Sha256 kid();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder().put("kid", kid().base64Url()).build();
        }
    }

    /**
     * Puts a change to the vote; the signer's organization approves of it by that, unless it is concerned. By a voter's
     * admin.
     *
     * @param expires when it can't be voted on any more, at most 90 days ahead
     */
    record Propose(Change change, Instant expires) implements NetworkAction {
        static Propose read(Arguments arguments) {
            return new Propose(Change.read(arguments.object("change")), arguments.time("expires"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("change", change.json())
                    .put("expires", expires.getEpochSecond())
                    .build();
        }
    }

    /** Votes on a proposal, once for each organization. By a voter's admin. */
    record CastVote(Sha256 proposal, Vote vote) implements NetworkAction {
        static CastVote read(Arguments arguments) {
            return new CastVote(
                    arguments.digest("proposal"),
                    Proposal.VOTES.constant(arguments.code("vote", Proposal.VOTES.all())));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("proposal", proposal.base64Url())
                    .put("vote", Codes.code(vote))
                    .build();
        }
    }

    /** Takes a proposal of the signer's own organization back. By its admin. */
    record WithdrawProposal(Sha256 proposal) implements NetworkAction {
        static WithdrawProposal read(Arguments arguments) {
            return new WithdrawProposal(arguments.digest("proposal"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder().put("proposal", proposal.base64Url()).build();
        }
    }

    /** Says which node of the ledger the signer's own organization runs. By its admin or CA. */
    record UpdateNode(Node node) implements NetworkAction {
        static UpdateNode read(Arguments arguments) {
            return new UpdateNode(Node.read(arguments.object("node")));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder().put("node", node.json()).build();
        }
    }

    /** Says that the signer's own organization runs no node any more. By its admin or CA. */
    record RetireNode() implements NetworkAction {
        static RetireNode read(Arguments arguments) {
            return new RetireNode();
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder().build();
        }
    }

    /** Changes where the signer's own organization is reached and what signs its record log. By its admin or CA. */
    record UpdateOrganization(String gateway, String logKey) implements NetworkAction {
        static UpdateOrganization read(Arguments arguments) {
            return new UpdateOrganization(Candidate.baseUrl(arguments, "gateway"), arguments.ed25519Key("log"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("gateway", gateway)
                    .put("log", logKey)
                    .build();
        }
    }

    /** Adds a CA key to the signer's own organization. By its admin or CA. */
    record AddAuthority(P256PublicKey key) implements NetworkAction {
        static AddAuthority read(Arguments arguments) {
            return new AddAuthority(arguments.key("key"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder().put("key", key.base64Url()).build();
        }
    }

    /** Retires a CA key of the signer's own organization for ever; not the last. By its admin or CA. */
    record RetireAuthority(Sha256 kid) implements OfKey {
        static RetireAuthority read(Arguments arguments) {
            return new RetireAuthority(arguments.digest("kid"));
        }
    }

    /**
     * Makes a certificate of the signer's own organization known. By its admin or CA.
     *
     * @param kid SHA-256 of the certificate in DER
     * @param key the certificate's key
     */
    record EnrollCertificate(Sha256 kid, P256PublicKey key, Role role, Set<Attribute> attributes, Period validity)
            implements NetworkAction {
        static EnrollCertificate read(Arguments arguments) {
            return new EnrollCertificate(
                    arguments.digest("kid"),
                    arguments.key("key"),
                    Certificate.ROLES.constant(arguments.code("role", Certificate.ROLES.all())),
                    Certificate.ATTRIBUTES.constants(arguments.codes("attributes", Certificate.ATTRIBUTES.all())),
                    Period.read(arguments));
        }

        @Override
        public JsonObject arguments() {
            return validity.write(JsonObject.builder()
                            .put("kid", kid.base64Url())
                            .put("key", key.base64Url())
                            .put("role", Codes.code(role))
                            .put("attributes", Fields.array(Certificate.codes(attributes))))
                    .build();
        }
    }

    /** Ends a certificate of the signer's own organization for ever. By its admin or CA. */
    record RevokeCertificate(Sha256 kid, RevocationReason reason) implements NetworkAction {
        private static final Codes<RevocationReason> REASONS = Codes.of(RevocationReason.class);

        static RevokeCertificate read(Arguments arguments) {
            return new RevokeCertificate(
                    arguments.digest("kid"), REASONS.constant(arguments.code("reason", REASONS.all())));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("kid", kid.base64Url())
                    .put("reason", Codes.code(reason))
                    .build();
        }
    }

    /** Puts a certificate of the signer's own organization out of use for now. By its admin or CA. */
    record SuspendCertificate(Sha256 kid) implements OfKey {
        static SuspendCertificate read(Arguments arguments) {
            return new SuspendCertificate(arguments.digest("kid"));
        }
    }

    /** Puts a suspended certificate back into use. By an admin or CA of its organization. */
    record RestoreCertificate(Sha256 kid) implements OfKey {
        static RestoreCertificate read(Arguments arguments) {
            return new RestoreCertificate(arguments.digest("kid"));
        }
    }
}
