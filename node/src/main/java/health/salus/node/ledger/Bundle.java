package health.salus.node.ledger;

import health.salus.node.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many transactions in one request: newline-delimited JSON, each line a string with a compact JWS. It is read to its end
 * before anything of it is submitted, so that what is too large is refused as a whole and a slow sender takes no places in
 * the ledger.
 */
final class Bundle {
    /** The type of NDJSON in common use; there is no registered one of lines. */
    static final String TYPE = "application/x-ndjson";
    /** Most transactions. */
    static final int MAX_TRANSACTIONS = 256;
    /** Most bytes, which is what a request keeps in memory. */
    static final int MAX_BYTES = 1 << 20;

    private static final byte[] NONE = {}; // refused as malformed like anything that is no JWS

    private Bundle() {}

    /** One text for each line, in order; that of a line that is no such string is empty. */
    static List<byte[]> read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw Problem.of(413, "too-large", "a request has at most " + MAX_BYTES + " bytes of transactions");
        }
        List<byte[]> transactions = new ArrayList<>();
        for (int start = 0; start < bytes.length; ) {
            if (transactions.size() == MAX_TRANSACTIONS) {
                throw Problem.of(413, "too-large", "a request has at most " + MAX_TRANSACTIONS + " transactions");
            }
            int end = end(bytes, start);
            transactions.add(text(bytes, start, end));
            start = end + 1;
        }
        if (transactions.isEmpty()) {
            throw Problem.of(400, "invalid-argument", "a request has a line for each transaction, and has none");
        }
        return transactions;
    }

    private static int end(byte[] bytes, int start) {
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** A JWS has no character that JSON would escape. */
    private static byte[] text(byte[] bytes, int start, int end) {
        int last = end > start && bytes[end - 1] == '\r' ? end - 2 : end - 1;
        boolean quoted = last > start && bytes[start] == '"' && bytes[last] == '"';
        return quoted ? Arrays.copyOfRange(bytes, start + 1, last) : NONE;
    }
}
