package health.salus.node.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts page cursors with AES-256-GCM (NIST SP 800-38D), under a key that lives as long as the process: a cursor says
 * nothing to whoever holds it, can't be altered, and works for the client and the organization it was made for only.
 * After a restart clients search anew. Thread-safe.
 */
final class CursorSeal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;
    private final InstantSource clock;

    CursorSeal(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256, random);
            this.key = generator.generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    /** The cursor in base64url, bound to {@code organization}. */
    String seal(String organization, PageCursor cursor) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, organization).doFinal(cursor.encoded());
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
    }

    /** The cursor inside. @throws FhirProblem where it was altered, has expired, or is another's */
    PageCursor open(String organization, String client, String sealed) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed);
            if (bytes.length <= NONCE_BYTES) {
                throw unusable();
            }
            byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
            PageCursor cursor = PageCursor.decode(cipher(Cipher.DECRYPT_MODE, nonce, organization)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
            if (!cursor.client().equals(client) || !clock.instant().isBefore(cursor.expires())) {
                throw unusable();
            }
            return cursor;
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw unusable();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String organization) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(organization.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static FhirProblem unusable() {
        return new FhirProblem(410, "expired", "this page link is not yours or no longer works; search again");
    }
}
