package health.salus.contracts.access;

import health.salus.contracts.rule.Codes;
import health.salus.contracts.rule.Fields;
import health.salus.contracts.rule.KeyIds;
import health.salus.contracts.rule.Period;
import health.salus.contracts.rule.Rejection;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.WorldState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A key that acts for one patient; a person who acts for several has a key for each, so that nothing links them.
 *
 * @param kid JWK thumbprint
 * @param patient for whom it acts
 * @param capacity as whom
 * @param period when
 * @param passkey what makes it a passkey; empty for a plain key
 * @param revoked whether it was revoked or dismissed, which is for ever
 */
public record PersonKey(
        Sha256 kid, Handle patient, Capacity capacity, Period period, Optional<Passkey> passkey, boolean revoked) {
    private static final Codes<Capacity> CAPACITIES = Codes.of(Capacity.class);

    /** Whether it may act at {@code time}. */
    public boolean isInForce(Instant time) {
        return !revoked && period.contains(time);
    }

    PersonKey revoke() {
        return new PersonKey(kid, patient, capacity, period, passkey, true);
    }

    PersonKey with(Passkey other) {
        return new PersonKey(kid, patient, capacity, period, Optional.of(other), revoked);
    }

    /** Puts what {@code change} makes of the key called {@code kid} in its place. */
    static void change(WorldState state, Sha256 kid, UnaryOperator<PersonKey> change) {
        JsonObject before = state.get(KeyIds.person(kid)).orElseThrow(Rejection.UNKNOWN_KEY);
        String key = new Fields(before).text("key");
        state.put(KeyIds.person(kid), change.apply(read(kid, before)).write(key));
    }

    static PersonKey read(Sha256 kid, JsonObject value) {
        Fields fields = new Fields(value);
        return new PersonKey(
                kid,
                fields.handle("patient"),
                CAPACITIES.constant(fields.text("capacity")),
                Period.read(fields),
                fields.optional("origin", fields::text).map(origin -> new Passkey(origin, fields.number("counter"))),
                fields.text("status").equals("revoked"));
    }

    /** The value of the state, with the key, which is read by itself since that is slow. */
    JsonObject write(String key) {
        Json.Builder value = period.write(JsonObject.builder()
                .put("patient", patient.value())
                .put("capacity", Codes.code(capacity))
                .put("key", key)
                .put("status", revoked ? "revoked" : "active"));
        passkey.ifPresent(known -> value.put("origin", known.origin()).put("counter", known.counter()));
        return value.build();
    }
}
