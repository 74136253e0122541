package health.salus.tlog.note;

import health.salus.foundation.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The text form of a public key, {@code name+hex(id)+base64(type || key)}, and its id (c2sp.org/signed-note). */
final class VerifierKey {
    static final byte ED25519 = 0x01;
    static final byte COSIGNATURE_V1 = 0x04;

    private final String name;
    private final byte type;
    private final byte[] key;

    VerifierKey(String name, byte type, byte[] key) {
        this.name = KeyName.checked(name);
        this.type = type;
        this.key = key;
    }

    String name() {
        return name;
    }

    byte type() {
        return type;
    }

    /** Not to be changed. */
    byte[] key() {
        return key;
    }

    /** @throws IllegalArgumentException for text of another form or with an id that is not the key's */
    static VerifierKey parse(String text) {
        int keyAt = text.indexOf('+', text.indexOf('+') + 1);
        int idAt = text.indexOf('+');
        if (idAt < 0 || keyAt < 0) {
            throw new IllegalArgumentException("not a verifier key (expected: name+id+key)");
        }
        byte[] typed = StrictBase64.decode(text.substring(keyAt + 1));
        if (typed.length == 0) {
            throw new IllegalArgumentException("verifier key without a type");
        }
        VerifierKey parsed =
                new VerifierKey(text.substring(0, idAt), typed[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!parsed.hexId().equals(text.substring(idAt + 1, keyAt))) {
            throw new IllegalArgumentException(
                    "verifier key with an id that is not its own (expected: " + parsed.hexId() + ")");
        }
        return parsed;
    }

    /** First 4 bytes of {@code SHA-256(name || 0x0A || type || key)}, big-endian. */
    int id() {
        ByteArrayOutputStream preimage = new ByteArrayOutputStream();
        preimage.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        preimage.write('\n');
        preimage.write(type);
        preimage.writeBytes(key);
        return ByteBuffer.wrap(Sha256.of(preimage.toByteArray()).bytes()).getInt();
    }

    String hexId() {
        return HexFormat.of().toHexDigits(id());
    }

    /** Leads back through {@link #parse}. */
    String text() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = type;
        System.arraycopy(key, 0, typed, 1, key.length);
        return name + "+" + hexId() + "+" + StrictBase64.encode(typed);
    }
}
