package health.salus.contracts.rule;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a value of the state that one of our contracts wrote. Where it is not what was written, the state is damaged:
 * {@link IllegalStateException}.
 */
public record Fields(JsonObject object) {
    /** A string. */
    public String text(String name) {
        if (object.members().get(name) instanceof JsonString(String value)) {
            return value;
        }
        throw damaged(name);
    }

    /** An object. */
    public JsonObject object(String name) {
        if (object.members().get(name) instanceof JsonObject member) {
            return member;
        }
        throw damaged(name);
    }

    /** An array of strings. */
    public List<String> texts(String name) {
        if (!(object.members().get(name) instanceof JsonArray(List<Json> elements))) {
            throw damaged(name);
        }
        List<String> texts = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (!(element instanceof JsonString(String value))) {
                throw damaged(name);
            }
            texts.add(value);
        }
        return List.copyOf(texts);
    }

    /** An array of objects. */
    public List<Fields> objects(String name) {
        if (!(object.members().get(name) instanceof JsonArray(List<Json> elements))) {
            throw damaged(name);
        }
        List<Fields> objects = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (!(element instanceof JsonObject member)) {
                throw damaged(name);
            }
            objects.add(new Fields(member));
        }
        return List.copyOf(objects);
    }

    /** An integer. */
    public long number(String name) {
        if (object.members().get(name) instanceof JsonInteger(long value)) {
            return value;
        }
        throw damaged(name);
    }

    /** A digest in base64url. */
    public Sha256 digest(String name) {
        return Sha256.ofBase64Url(text(name));
    }

    /** A handle. */
    public Handle handle(String name) {
        return new Handle(text(name));
    }

    /** A moment in whole seconds since 1970. */
    public Instant seconds(String name) {
        return Instant.ofEpochSecond(number(name));
    }

    /** A moment in milliseconds since 1970. */
    public Instant millis(String name) {
        return Instant.ofEpochMilli(number(name));
    }

    /** Reads {@code name} with {@code reader} if it is there. */
    public <T> Optional<T> optional(String name, Function<String, T> reader) {
        return object.members().containsKey(name) ? Optional.of(reader.apply(name)) : Optional.empty();
    }

    /** An array of these strings. */
    public static JsonArray array(List<String> texts) {
        return new JsonArray(texts.stream().<Json>map(JsonString::new).toList());
    }

    private static IllegalStateException damaged(String name) {
        return new IllegalStateException(
                "value of the world state without a proper '" + name + "'; run 'salus verify' on the ledger");
    }
}
