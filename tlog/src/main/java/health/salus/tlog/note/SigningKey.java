package health.salus.tlog.note;

import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;

/** An Ed25519 private key for notes, and its text form {@code PRIVATE+KEY+name+id+base64(type || seed)}. */
final class SigningKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final VerifierKey verifierKey;
    private final byte[] seed;
    private final PrivateKey privateKey;

    private SigningKey(String name, byte type, byte[] seed) {
        if (seed.length != Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException("Ed25519 private key of " + seed.length + " bytes (expected: 32)");
        }
        this.seed = seed;
        this.privateKey = Ed25519.privateKeyOf(seed);
        this.verifierKey = new VerifierKey(name, type, Ed25519.publicKey(seed));
    }

    static SigningKey ofSeed(String name, byte type, byte[] seed) {
        return new SigningKey(name, type, seed.clone());
    }

    static SigningKey generate(String name, byte type, SecureRandom random) {
        byte[] seed = new byte[Ed25519.KEY_BYTES];
        random.nextBytes(seed);
        return new SigningKey(name, type, seed);
    }

    static SigningKey of(String name, byte type, byte[] seed) {
        return new SigningKey(name, type, seed.clone());
    }

    /** @throws IllegalArgumentException for text that is not such a key; the message holds none of it */
    static SigningKey parse(String text, byte type) {
        String[] parts =
                text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a signing key (expected: PRIVATE+KEY+name+id+key)");
        }
        byte[] typed;
        try {
            typed = StrictBase64.decode(parts[2]);
        } catch (IllegalArgumentException e) { // whose message may quote the key
            throw new IllegalArgumentException("signing key that is not base64");
        }
        if (typed.length != 1 + Ed25519.KEY_BYTES || typed[0] != type) {
            throw new IllegalArgumentException("signing key of another type (expected: " + type + ")");
        }
        SigningKey key = new SigningKey(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.verifierKey.hexId().equals(parts[1])) {
            throw new IllegalArgumentException("signing key with an id that is not its own");
        }
        return key;
    }

    VerifierKey verifierKey() {
        return verifierKey;
    }

    byte[] sign(byte[] message) {
        return Ed25519.sign(privateKey, message);
    }

    String secretText() {
        byte[] typed = new byte[1 + seed.length];
        typed[0] = verifierKey.type();
        System.arraycopy(seed, 0, typed, 1, seed.length);
        return PREFIX + verifierKey.name() + "+" + verifierKey.hexId() + "+" + StrictBase64.encode(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey that
                && verifierKey.name().equals(that.verifierKey.name())
                && verifierKey.type() == that.verifierKey.type()
                && MessageDigest.isEqual(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return verifierKey.text().hashCode();
    }

    @Override
    public String toString() {
        return "private key of " + seed.length + " bytes for " + verifierKey.text();
    }
}
