package health.salus.fhir.seal;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What remains of erased versions: which entries of which record log can no longer be opened, since when and why. Holds
 * nothing of the data, so it may be shown to anybody and signed.
 *
 * @param log origin of the record log
 * @param entries indexes of the erased versions' entries, ascending
 * @param time when they were destroyed; whole seconds count
 * @param reason a code such as {@code gdpr-17}: 1 to 64 of a-z 0-9 -
 */
public record Erasure(String log, List<Long> entries, Instant time, String reason) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9-]{1,64}");
    private static final byte[] DOMAIN = "salus-erasure-v1\0".getBytes(StandardCharsets.US_ASCII);

    public Erasure {
        entries = entries.stream().sorted().distinct().toList();
        if (entries.isEmpty() || entries.getFirst() < 0) {
            throw new IllegalArgumentException("erasure without entries, or of a negative index");
        }
        if (!CODE.matcher(reason).matches()) {
            throw new IllegalArgumentException("erasure reason (expected: 1 to 64 of a-z 0-9 -)");
        }
    }

    /** The receipt: canonical JSON {@code {"entries","log","reason","time"}}, time in epoch seconds. */
    public byte[] encode() {
        List<Json> indexes = new ArrayList<>();
        entries.forEach(index -> indexes.add(new JsonInteger(index)));
        return JsonObject.builder()
                .put("entries", new Json.JsonArray(indexes))
                .put("log", log)
                .put("reason", reason)
                .put("time", time.getEpochSecond())
                .build()
                .canonical();
    }

    /** {@code SHA-256("salus-erasure-v1" || 0x00 || receipt)}: what the record log's entry holds. */
    public Sha256 digest() {
        return Sha256.of(DOMAIN, encode());
    }
}
