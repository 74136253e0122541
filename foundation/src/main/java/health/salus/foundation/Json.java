package health.salus.foundation;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON value of the restricted kind that may be signed and put on the ledger: objects, arrays, strings, booleans and
 * integers within ±(2⁵³ − 1), the range that every JSON implementation keeps exactly (RFC 7493 §2.2). No {@code null},
 * no fractions.
 *
 * <p>{@link #canonical} is RFC 8785; {@link JsonReader} reads that form only. Immutable.
 */
public sealed interface Json {
    /** Largest integer, 2⁵³ − 1. */
    long MAX_INTEGER = (1L << 53) - 1;

    /** An object; members iterate in the order of their names' UTF-16 code units (RFC 8785 §3.2.3). */
    record JsonObject(SortedMap<String, Json> members) implements Json {
        public JsonObject {
            members = Members.copyOf(members);
        }

        /** An object of these members. */
        public static JsonObject of(Map<String, Json> members) {
            return new JsonObject(Members.copyOf(members));
        }

        /** An object that begins without members. */
        public static Builder builder() {
            return new Builder();
        }
    }

    /** An array. */
    record JsonArray(List<Json> elements) implements Json {
        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    /** A string; must be encodable, so no lone surrogates. */
    record JsonString(String value) implements Json {}

    /** An integer within ±{@link #MAX_INTEGER}. */
    record JsonInteger(long value) implements Json {
        public JsonInteger {
            if (value < -MAX_INTEGER || value > MAX_INTEGER) {
                throw new JsonException("integer beyond 2^53 - 1");
            }
        }
    }

    /** A boolean. */
    record JsonBoolean(boolean value) implements Json {}

    /** The RFC 8785 form in UTF-8. @throws JsonException for a string with a lone surrogate */
    default byte[] canonical() {
        return new CanonicalJsonWriter().write(this).toByteArray();
    }

    /** Collects the members of an object. Not thread-safe. */
    final class Builder {
        private final SortedMap<String, Json> members = new TreeMap<>();

        private Builder() {}

        /** Adds or replaces a member. */
        public Builder put(String name, Json value) {
            members.put(name, value);
            return this;
        }

        /** Adds or replaces a string. */
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /** Adds or replaces an integer. */
        public Builder put(String name, long value) {
            return put(name, new JsonInteger(value));
        }

        /** Adds or replaces a boolean. */
        public Builder put(String name, boolean value) {
            return put(name, new JsonBoolean(value));
        }

        /** The object so far. */
        public JsonObject build() {
            return new JsonObject(members);
        }
    }
}
