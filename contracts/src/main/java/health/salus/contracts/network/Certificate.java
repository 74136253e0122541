package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.Period;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the ledger knows of an end-entity certificate. The certificate itself, which may name its holder, stays with the
 * organization.
 *
 * @param kid key id: SHA-256 of its DER form
 * @param organization who issued it
 * @param role its OU role
 * @param attributes what the organization vouches for
 * @param validity when it may be used
 * @param status active, suspended or revoked
 */
public record Certificate(
        Sha256 kid, String organization, Role role, Set<Attribute> attributes, Period validity, Status status) {
    static final Codes<Role> ROLES = Codes.of(Role.class);
    static final Codes<Attribute> ATTRIBUTES = Codes.of(Attribute.class);
    private static final Codes<Status> STATUSES = Codes.of(Status.class);

    public Certificate {
        Set<Attribute> copy = EnumSet.noneOf(Attribute.class);
        copy.addAll(attributes);
        attributes = Collections.unmodifiableSet(copy);
    }

    /** Whether the organization vouches for any of these. */
    public boolean hasAny(Attribute... any) {
        for (Attribute attribute : any) {
            if (attributes.contains(attribute)) {
                return true;
            }
        }
        return false;
    }

    static List<String> codes(Set<Attribute> attributes) {
        return attributes.stream().map(Codes::code).sorted().toList();
    }

    static Certificate read(Sha256 kid, JsonObject value) {
        Fields fields = new Fields(value);
        return new Certificate(
                kid,
                fields.text("organization"),
                ROLES.constant(fields.text("role")),
                ATTRIBUTES.constants(fields.texts("attributes")),
                Period.read(fields),
                status(fields));
    }

    /** The status in the value of the state. */
    static Status status(Fields fields) {
        return STATUSES.constant(fields.text("status"));
    }

    /** The value of the state, with the key, which is read by itself since that is slow. */
    JsonObject write(String key) {
        return validity.write(JsonObject.builder()
                        .put("organization", organization)
                        .put("key", key)
                        .put("role", Codes.code(role))
                        .put("attributes", Fields.array(codes(attributes)))
                        .put("status", Codes.code(status)))
                .build();
    }
}
