package health.salus.contracts.network;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.finality.WitnessSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What can be proposed to a network's voters. */
public sealed interface Change {
    /** The kinds of change; their codes are in proposals and events. */
    enum Type {
        ADMIT_ORGANIZATION,
        REMOVE_ORGANIZATION,
        SUSPEND_ORGANIZATION,
        RESTORE_ORGANIZATION,
        REPLACE_AUTHORITIES,
        SET_QUORUM,
        ACTIVATE_CONTRACT
    }

    /** The codes of {@link Type}. */
    Codes<Type> TYPES = Codes.of(Type.class);

    /** Its kind. */
    Type type();

    /** The member that it is about, which has no vote on it. */
    default Optional<String> concerned() {
        return Optional.empty();
    }

    /** As arguments and state have it. */
    default JsonObject json() {
        return write(JsonObject.builder().put("type", Codes.code(type()))).build();
    }

    /** Adds everything but the type. */
    Json.Builder write(Json.Builder object);

    /** A change that is about one member. */
    sealed interface OfMember extends Change
            permits RemoveOrganization, ReplaceAuthorities, RestoreOrganization, SuspendOrganization {
        /** Its id. */
        String organization();

        @Override
        default Optional<String> concerned() {
            return Optional.of(organization());
        }

        @Override
        default Json.Builder write(Json.Builder object) {
            return object.put("organization", organization());
        }
    }

    /** Takes an organization in. */
    record AdmitOrganization(Candidate candidate) implements Change {
        @Override
        public Type type() {
            return Type.ADMIT_ORGANIZATION;
        }

        @Override
        public Json.Builder write(Json.Builder object) {
            return candidate.write(object);
        }
    }

    /** Ends a membership for ever: certificates and CA keys sign no longer, what the organization did stays. */
    record RemoveOrganization(String organization) implements OfMember {
        @Override
        public Type type() {
            return Type.REMOVE_ORGANIZATION;
        }
    }

    /** Stops an organization and all its certificates from taking part. */
    record SuspendOrganization(String organization) implements OfMember {
        @Override
        public Type type() {
            return Type.SUSPEND_ORGANIZATION;
        }
    }

    /** Lets a suspended organization take part again. */
    record RestoreOrganization(String organization) implements OfMember {
        @Override
        public Type type() {
            return Type.RESTORE_ORGANIZATION;
        }
    }

    /**
     * Gives an organization other CA keys, for example after somebody stole one. Its certificates stay as they are.
     *
     * @param authorities all that it shall have, 1 to 8, in whatever order; those it has and that are not among them are
     *     revoked
     */
    record ReplaceAuthorities(String organization, List<P256PublicKey> authorities) implements OfMember {
        public ReplaceAuthorities {
            authorities = authorities.stream()
                    .sorted(Comparator.comparing(P256PublicKey::base64Url))
                    .toList();
        }

        @Override
        public Type type() {
            return Type.REPLACE_AUTHORITIES;
        }

        @Override
        public Json.Builder write(Json.Builder object) {
            return OfMember.super
                    .write(object)
                    .put(
                            "authorities",
                            Fields.array(authorities.stream()
                                    .map(P256PublicKey::base64Url)
                                    .toList()));
        }
    }

    /**
     * Demands that more nodes cosign a checkpoint than the least number that is safe.
     *
     * @param quorum ⌊2n/3⌋+1 to n of n nodes; where there are fewer later on, all of them
     */
    record SetQuorum(int quorum) implements Change {
        @Override
        public Type type() {
            return Type.SET_QUORUM;
        }

        @Override
        public Json.Builder write(Json.Builder object) {
            return object.put("quorum", quorum);
        }
    }

    /**
     * Puts a version of a contract in force from a later height on.
     *
     * @param contract its name
     * @param version higher than any before
     * @param height higher than that of the deciding vote's block, and than that of any activation before
     */
    record ActivateContract(String contract, int version, long height) implements Change {
        @Override
        public Type type() {
            return Type.ACTIVATE_CONTRACT;
        }

        @Override
        public Json.Builder write(Json.Builder object) {
            return object.put("contract", contract).put("version", version).put("height", height);
        }
    }

    /** Reads what {@link #json} writes. */
    static Change ofJson(JsonObject object) {
        return read(Arguments.of(object));
    }

    /** @throws health.salus.ledger.contract.InvalidArgumentException where it is not what {@link #json} writes */
    static Change read(Arguments arguments) {
        Change change = switch (TYPES.constant(arguments.code("type", TYPES.all()))) {
            case ADMIT_ORGANIZATION -> new AdmitOrganization(Candidate.read(arguments));
            case REMOVE_ORGANIZATION -> new RemoveOrganization(arguments.organization("organization"));
            case SUSPEND_ORGANIZATION -> new SuspendOrganization(arguments.organization("organization"));
            case RESTORE_ORGANIZATION -> new RestoreOrganization(arguments.organization("organization"));
            case REPLACE_AUTHORITIES ->
                new ReplaceAuthorities(
                        arguments.organization("organization"),
                        arguments.keys("authorities", OwnOrganization.MOST_AUTHORITIES));
            case SET_QUORUM -> new SetQuorum((int) arguments.count("quorum", 1, WitnessSet.MOST));
            case ACTIVATE_CONTRACT ->
                new ActivateContract(
                        arguments.name("contract"),
                        (int) arguments.count("version", 1, 1_000_000),
                        arguments.count("height", 1, Json.MAX_INTEGER));
        };
        arguments.end();
        return change;
    }
}
