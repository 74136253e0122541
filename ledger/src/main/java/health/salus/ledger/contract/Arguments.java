package health.salus.ledger.contract;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.identity.OrganizationId;
import health.salus.identity.P256PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the arguments of a call against a closed schema: handles, codes, digests, keys, times, counts and addresses, and
 * nothing else. There is deliberately no way to read free text, so none can reach the ledger. After the last argument
 * {@link #end} refuses whatever was not asked for. Not thread-safe.
 */
public final class Arguments {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern URL =
            Pattern.compile("https?://[a-z0-9](?:[a-z0-9.-]{0,252})(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]{1,64}){0,8}/?");

    private static final Pattern ORIGIN =
            Pattern.compile("https://[a-z0-9](?:[a-z0-9.-]{0,252})(?::[0-9]{1,5})?|http://localhost(?::[0-9]{1,5})?");

    private final JsonObject object;
    private final Set<String> read = new HashSet<>();

    private Arguments(JsonObject object) {
        this.object = object;
    }

    /** Begins to read {@code object}. */
    public static Arguments of(JsonObject object) {
        return new Arguments(object);
    }

    /** A handle: 32 lower-case hexadecimal digits. */
    public Handle handle(String name) {
        try {
            return new Handle(string(name));
        } catch (IllegalArgumentException e) {
            throw new InvalidArgumentException(name + ": expected a handle of 32 hexadecimal digits");
        }
    }

    /** The id of an organization. */
    public String organization(String name) {
        String value = string(name);
        if (!OrganizationId.isId(value)) {
            throw new InvalidArgumentException(name + ": expected " + OrganizationId.EXPECTED);
        }
        return value;
    }

    /** The name of a contract: {@code [a-z][a-z0-9-]{0,31}}. */
    public String name(String name) {
        return text(name, NAME, NAME.pattern());
    }

    /** One of {@code allowed}. */
    public String code(String name, Set<String> allowed) {
        String value = string(name);
        if (!allowed.contains(value)) {
            throw new InvalidArgumentException(name + ": not one of the " + allowed.size() + " codes of this argument");
        }
        return value;
    }

    /** A set out of {@code allowed}, as an array without duplicates in ascending order, so that it has one form. */
    public List<String> codes(String name, Set<String> allowed) {
        if (!(member(name) instanceof JsonArray(List<Json> elements)) || elements.size() > allowed.size()) {
            throw new InvalidArgumentException(name + ": expected an array of codes");
        }
        List<String> codes = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (!(element instanceof JsonString(String code))
                    || !allowed.contains(code)
                    || (!codes.isEmpty() && codes.getLast().compareTo(code) >= 0)) {
                throw new InvalidArgumentException(name + ": expected codes of this argument in ascending order");
            }
            codes.add(code);
        }
        return List.copyOf(codes);
    }

    /** An Ed25519 public key (RFC 8032 §5.1.5): 32 bytes in base64url, 43 characters; answers that text. */
    public String ed25519Key(String name) {
        return digest(name).base64Url();
    }

    /** The same, for a key that others have to verify with: one that is no point of the curve is refused. */
    public String ed25519Point(String name) {
        Sha256 key = digest(name);
        if (!Ed25519Point.isEncoded(key.bytes())) {
            throw new InvalidArgumentException(name + ": expected an Ed25519 public key");
        }
        return key.base64Url();
    }

    /** Where a TCP port is: {@code host:port} as {@link Syntax#isEndpoint} says. */
    public String endpoint(String name) {
        String value = string(name);
        if (!Syntax.isEndpoint(value)) {
            throw new InvalidArgumentException(name + ": expected host:port, an IPv6 address in brackets");
        }
        return value;
    }

    /** An {@code http} or {@code https} URL of host, port and path: no user, query or fragment. */
    public String url(String name) {
        String value = string(name);
        if (value.length() > 512) {
            throw new InvalidArgumentException(name + ": longer than 512 characters");
        }
        return text(name, URL, "an http(s) URL of lower-case host, optional port, and path");
    }

    /** Origin of web pages (RFC 6454 §6.2) that browsers let ask for passkeys: {@code https}, or {@code http} on localhost. */
    public String origin(String name) {
        return text(name, ORIGIN, "an origin, https://host or https://host:port");
    }

    /** A digest or key id in base64url, 43 characters. */
    public Sha256 digest(String name) {
        return digest(name, string(name));
    }

    /** Up to {@code most} digests in base64url. */
    public List<Sha256> digests(String name, int most) {
        if (!(member(name) instanceof JsonArray(List<Json> elements)) || elements.size() > most) {
            throw new InvalidArgumentException(name + ": expected an array of at most " + most + " digests");
        }
        List<Sha256> digests = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (!(element instanceof JsonString(String value))) {
                throw new InvalidArgumentException(name + ": expected digests");
            }
            digests.add(digest(name, value));
        }
        return List.copyOf(digests);
    }

    /** A P-256 public key: its uncompressed point without the leading 04, 64 bytes in base64url. */
    public P256PublicKey key(String name) {
        return key(name, string(name));
    }

    /** One to {@code most} P-256 public keys as {@link #key} has them, ascending, so that the set has one form. */
    public List<P256PublicKey> keys(String name, int most) {
        if (!(member(name) instanceof JsonArray(List<Json> elements)) || elements.isEmpty() || elements.size() > most) {
            throw new InvalidArgumentException(name + ": expected an array of 1 to " + most + " public keys");
        }
        List<P256PublicKey> keys = new ArrayList<>(elements.size());
        String last = "";
        for (Json element : elements) {
            if (!(element instanceof JsonString(String value)) || last.compareTo(value) >= 0) {
                throw new InvalidArgumentException(name + ": expected public keys in ascending order");
            }
            keys.add(key(name, value));
            last = value;
        }
        return List.copyOf(keys);
    }

    /** The arguments within an argument; call {@link #end} on them, too. */
    public Arguments object(String name) {
        if (member(name) instanceof JsonObject value) {
            return of(value);
        }
        throw new InvalidArgumentException(name + ": expected an object");
    }

    /** One to {@code most} objects; call {@link #end} on each. */
    public List<Arguments> objects(String name, int most) {
        if (!(member(name) instanceof JsonArray(List<Json> elements)) || elements.isEmpty() || elements.size() > most) {
            throw new InvalidArgumentException(name + ": expected an array of 1 to " + most + " objects");
        }
        List<Arguments> objects = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (!(element instanceof JsonObject value)) {
                throw new InvalidArgumentException(name + ": expected objects");
            }
            objects.add(of(value));
        }
        return List.copyOf(objects);
    }

    /** A moment in whole seconds since 1970-01-01T00:00Z, up to the year 9999. */
    public Instant time(String name) {
        return Instant.ofEpochSecond(count(name, 0, 253_402_300_799L));
    }

    /** An integer within these bounds, both included. */
    public long count(String name, long least, long most) {
        if (member(name) instanceof JsonInteger(long value) && value >= least && value <= most) {
            return value;
        }
        throw new InvalidArgumentException(name + ": expected an integer from " + least + " to " + most);
    }

    /** Reads {@code name} with {@code reader} if it is there. */
    public <T> Optional<T> optional(String name, Function<String, T> reader) {
        return object.members().containsKey(name) ? Optional.of(reader.apply(name)) : Optional.empty();
    }

    /** Refuses arguments that nothing asked for. */
    public void end() {
        if (read.size() < object.members().size()) {
            throw new InvalidArgumentException((object.members().size() - read.size()) + " unknown arguments");
        }
    }

    private static P256PublicKey key(String name, String value) {
        try {
            return P256PublicKey.ofBase64Url(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidArgumentException(name + ": expected a P-256 public key, x || y in base64url");
        }
    }

    private static Sha256 digest(String name, String value) {
        try {
            return Sha256.ofBase64Url(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidArgumentException(name + ": expected a digest of 43 base64url characters");
        }
    }

    private String text(String name, Pattern pattern, String expected) {
        String value = string(name);
        if (!pattern.matcher(value).matches()) {
            throw new InvalidArgumentException(name + ": expected " + expected);
        }
        return value;
    }

    private String string(String name) {
        if (member(name) instanceof JsonString(String value)) {
            return value;
        }
        throw new InvalidArgumentException(name + ": expected a string");
    }

    private Json member(String name) {
        Json value = object.members().get(name);
        if (value == null) {
            throw new InvalidArgumentException(name + ": missing");
        }
        read.add(name);
        return value;
    }
}
