package health.salus.contracts.network;

import health.salus.contracts.rule.Action;
import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.P256PublicKey;
import health.salus.identity.Role;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.InvalidArgumentException;
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

    /** An action that names an organization and nothing else. */
    sealed interface OfOrganization extends NetworkAction permits RestoreOrganization, SuspendOrganization {
        /** Its id. */
        String organization();

        @Override
        default JsonObject arguments() {
            return JsonObject.builder().put("organization", organization()).build();
        }
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
     * Takes an organization in. By an admin of the founder.
     *
     * @param organization its id
     * @param authority key of its enrollment CA
     * @param gateway base URL of its FHIR gateway, without a slash at the end
     * @param logKey Ed25519 key of its record log's checkpoints, 32 bytes in base64url
     */
    record AdmitOrganization(String organization, P256PublicKey authority, String gateway, String logKey)
            implements NetworkAction {
        static AdmitOrganization read(Arguments arguments) {
            return new AdmitOrganization(
                    arguments.organization("organization"),
                    arguments.key("authority"),
                    readGateway(arguments),
                    arguments.ed25519Key("log"));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("organization", organization)
                    .put("authority", authority.base64Url())
                    .put("gateway", gateway)
                    .put("log", logKey)
                    .build();
        }
    }

    /** Stops an organization and all its certificates from taking part. By an admin of the founder. */
    record SuspendOrganization(String organization) implements OfOrganization {
        static SuspendOrganization read(Arguments arguments) {
            return new SuspendOrganization(arguments.organization("organization"));
        }
    }

    /** Lets a suspended organization take part again. By an admin of the founder. */
    record RestoreOrganization(String organization) implements OfOrganization {
        static RestoreOrganization read(Arguments arguments) {
            return new RestoreOrganization(arguments.organization("organization"));
        }
    }

    /** Changes where the signer's own organization is reached and what signs its record log. By its admin or CA. */
    record UpdateOrganization(String gateway, String logKey) implements NetworkAction {
        static UpdateOrganization read(Arguments arguments) {
            return new UpdateOrganization(readGateway(arguments), arguments.ed25519Key("log"));
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

    /**
     * Puts a version of a contract in force from a later height on. By an admin of the founder.
     *
     * @param name name of the contract
     * @param version higher than any before
     * @param height higher than the block's own, and than that of any activation before
     */
    record ActivateContract(String name, int version, long height) implements NetworkAction {
        static ActivateContract read(Arguments arguments) {
            return new ActivateContract(
                    arguments.name("contract"),
                    (int) arguments.count("version", 1, 1_000_000),
                    arguments.count("height", 1, Json.MAX_INTEGER));
        }

        @Override
        public JsonObject arguments() {
            return JsonObject.builder()
                    .put("contract", name)
                    .put("version", version)
                    .put("height", height)
                    .build();
        }
    }

    private static String readGateway(Arguments arguments) {
        String url = arguments.url("gateway");
        if (url.endsWith("/")) {
            throw new InvalidArgumentException("gateway: expected no slash at the end");
        }
        return url;
    }
}
