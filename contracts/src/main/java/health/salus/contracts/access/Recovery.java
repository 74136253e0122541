package health.salus.contracts.access;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.P256PublicKey;
import health.salus.ledger.contract.StateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who can together replace a patient's keys. They hold no part of any key: nobody can make an old one again.
 *
 * @param guardians ids of their keys, 1 to {@value #MOST_GUARDIANS}
 * @param threshold how many of them it takes
 * @param rotation what they have proposed; empty where nothing is open
 */
public record Recovery(Handle patient, List<Sha256> guardians, int threshold, Optional<Rotation> rotation) {
    /** Most guardians of a patient. */
    public static final int MOST_GUARDIANS = 16;

    public Recovery {
        guardians = List.copyOf(guardians);
    }

    /**
     * A proposal to replace all keys of the patient.
     *
     * @param key instead of them
     * @param by ids of the guardians' keys that support it
     * @param proposed when, whole seconds
     * @param due from when on it can be completed; empty while too few support it
     */
    public record Rotation(NewKey key, List<Sha256> by, Instant proposed, Optional<Instant> due) {
        public Rotation {
            by = List.copyOf(by);
        }

        /** Whether it can still be supported, vetoed and completed. */
        public boolean isOpen(Instant time) {
            return time.isBefore(proposed.plus(AccessContract.ROTATION_OPEN));
        }

        Rotation supported(Sha256 guardian, int threshold, Instant time) {
            List<Sha256> more = new ArrayList<>(by);
            more.add(guardian);
            Optional<Instant> from =
                    due.isEmpty() && more.size() >= threshold ? Optional.of(time.plus(AccessContract.VETO_TIME)) : due;
            return new Rotation(key, more, proposed, from);
        }

        private static Rotation read(Fields fields) {
            return new Rotation(
                    new NewKey(P256PublicKey.ofBase64Url(fields.text("key")), fields.optional("origin", fields::text)),
                    digests(fields, "by"),
                    fields.seconds("proposed"),
                    fields.optional("due", fields::seconds));
        }

        private JsonObject write() {
            Json.Builder value =
                    key.write(JsonObject.builder()).put("by", array(by)).put("proposed", proposed.getEpochSecond());
            due.ifPresent(time -> value.put("due", time.getEpochSecond()));
            return value.build();
        }
    }

    /** What is open at {@code time}. */
    public Optional<Rotation> openRotation(Instant time) {
        return rotation.filter(proposed -> proposed.isOpen(time));
    }

    Recovery with(Optional<Rotation> other) {
        return new Recovery(patient, guardians, threshold, other);
    }

    static StateKey key(Handle patient) {
        return new StateKey(AccessContract.NAME, "recovery/" + patient);
    }

    static Recovery read(Handle patient, JsonObject value) {
        Fields fields = new Fields(value);
        return new Recovery(
                patient,
                digests(fields, "guardians"),
                Math.toIntExact(fields.number("threshold")),
                fields.optional("rotation", fields::object).map(rotation -> Rotation.read(new Fields(rotation))));
    }

    JsonObject write() {
        Json.Builder value =
                JsonObject.builder().put("guardians", array(guardians)).put("threshold", threshold);
        rotation.ifPresent(proposed -> value.put("rotation", proposed.write()));
        return value.build();
    }

    private static List<Sha256> digests(Fields fields, String name) {
        return fields.texts(name).stream().map(Sha256::ofBase64Url).toList();
    }

    private static JsonArray array(List<Sha256> digests) {
        return Fields.array(digests.stream().map(Sha256::base64Url).toList());
    }
}
