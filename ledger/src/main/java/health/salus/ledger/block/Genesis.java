package health.salus.ledger.block;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a network begins with, and so what it is: its id is made from these bytes.
 *
 * @param content {@code name} is {@code [a-z][a-z0-9-]{0,31}}, {@code salt} a random handle; {@code time}, in
 *     milliseconds since 1970, may be missing; the rest is for the {@link health.salus.ledger.contract.GenesisRule}
 */
public record Genesis(JsonObject content) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final int ID_DIGITS = 16;

    public Genesis {
        if (!(content.members().get("name") instanceof JsonString(String name))
                || !NAME.matcher(name).matches()
                || !isTime(content.members().getOrDefault("time", new JsonInteger(0)))
                || !(content.members().get("salt") instanceof JsonString(String salt))
                || !Handle.isHandle(salt)) {
            throw new IllegalArgumentException(
                    "malformed genesis (expected: name " + NAME.pattern() + " and a salt of 32 hexadecimal digits)");
        }
    }

    private static boolean isTime(Json time) {
        return time instanceof JsonInteger(long millis) && millis >= 0;
    }

    /** A genesis with this content. @throws IllegalArgumentException if name or salt are missing or malformed */
    public static Genesis of(JsonObject content) {
        return new Genesis(content);
    }

    /** The network's id: its name, a dot, and the first 16 hexadecimal digits of SHA-256 of the canonical content. */
    public String network() {
        return name() + "." + Sha256.of(content.canonical()).toString().substring(0, ID_DIGITS);
    }

    private String name() {
        return content.members().get("name") instanceof JsonString(String name) ? name : "";
    }

    /** Name of the network's log in checkpoints: {@code salus/} and the network's id. */
    public String origin() {
        return origin(network());
    }

    /** Name of the log of the network with this id. */
    public static String origin(String network) {
        return "salus/" + network;
    }

    /** When the network began, as its founders say; 1970 where they don't. The same on every node. */
    public Instant time() {
        return content.members().get("time") instanceof JsonInteger(long time)
                ? Instant.ofEpochMilli(time)
                : Instant.EPOCH;
    }

    /** The first entry of the log. */
    public byte[] entry() {
        return Entry.encode(Entry.GENESIS, content.canonical());
    }
}
