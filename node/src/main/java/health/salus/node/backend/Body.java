package health.salus.node.backend;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of an HTTP message, in memory. Immutable as long as the array it was made of is left alone. */
public final class Body {
    /** No bytes. */
    public static final Body EMPTY = new Body(new byte[0]);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps the array without copying it: the caller gives it up. */
    public static Body of(byte[] bytes) {
        return new Body(bytes);
    }

    /** UTF-8 of the text. */
    public static Body of(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** The array itself, to be read only: resources are too large to copy at every step. */
    public byte[] bytes() {
        return bytes;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads the bytes from the first. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Bodies hold health data: only the length shows. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
