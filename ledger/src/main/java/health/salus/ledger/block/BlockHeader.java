package health.salus.ledger.block;

import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.finality.WitnessSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the log keeps of a block, as the entry after its transactions. Canonical JSON with exactly the members
 * {@code count}, {@code first}, {@code height}, {@code previous}, {@code rejections}, {@code state}, {@code time}, and
 * {@code witnesses} where they change.
 *
 * @param height 0 for the block of the genesis, which has no transactions
 * @param first index of its first transaction in the log; where it has none, of this header
 * @param count how many transactions it has, at most {@link #MAX_TRANSACTIONS}
 * @param time whole milliseconds, never before the previous block's
 * @param rejections position in the block, from 0, of each rejected transaction; in JSON, in decimal digits
 * @param state root of the state map after this block
 * @param previous SHA-256 of the entry of the previous header, at height 0 of the genesis entry
 * @param witnesses whose cosignatures the next blocks need, where this block changes that
 */
public record BlockHeader(
        long height,
        long first,
        int count,
        Instant time,
        SortedMap<Integer, RejectionCode> rejections,
        Sha256 state,
        Sha256 previous,
        Optional<WitnessSet> witnesses) {
    /** Most transactions in a block. */
    public static final int MAX_TRANSACTIONS = 1_024;

    public BlockHeader {
        rejections = Collections.unmodifiableSortedMap(new TreeMap<>(rejections));
        boolean places = rejections.isEmpty() || (rejections.firstKey() >= 0 && rejections.lastKey() < count);
        if (height < 0
                || first < 1
                || count < 0
                || count > MAX_TRANSACTIONS
                || !places
                || !time.equals(time.truncatedTo(ChronoUnit.MILLIS))
                || time.toEpochMilli() < 0) {
            throw new IllegalArgumentException("malformed block header");
        }
    }

    /** Index of this header's own entry in the log. */
    public long index() {
        return first + count;
    }

    /** Why the transaction at {@code index} of the log was rejected; empty: it was accepted. */
    public Optional<RejectionCode> rejection(long index) {
        if (index < first || index >= first + count) {
            throw new IllegalArgumentException("entry " + index + " is not a transaction of block " + height);
        }
        return Optional.ofNullable(rejections.get((int) (index - first)));
    }

    /** Its entry in the log. */
    public byte[] entry() {
        return Entry.encode(Entry.BLOCK, toJson().canonical());
    }

    /** As the entry holds it. */
    public JsonObject toJson() {
        Json.Builder codes = JsonObject.builder();
        rejections.forEach((position, code) -> codes.put(Integer.toString(position), code.value()));
        Json.Builder json = JsonObject.builder()
                .put("count", count)
                .put("first", first)
                .put("height", height)
                .put("previous", previous.base64Url())
                .put("rejections", codes.build())
                .put("state", state.base64Url())
                .put("time", time.toEpochMilli());
        witnesses.ifPresent(set -> json.put("witnesses", set.toJson()));
        return json.build();
    }

    /** Reads {@link #toJson}. @throws JsonException for anything else */
    public static BlockHeader ofJson(JsonObject json) {
        Map<String, Json> members = json.members();
        try {
            Optional<WitnessSet> witnesses = witnesses(members);
            if (members.size() == (witnesses.isPresent() ? 8 : 7)
                    && members.get("count") instanceof JsonInteger(long count)
                    && members.get("first") instanceof JsonInteger(long first)
                    && members.get("height") instanceof JsonInteger(long height)
                    && members.get("previous") instanceof JsonString(String previous)
                    && members.get("rejections") instanceof JsonObject(var codes)
                    && members.get("state") instanceof JsonString(String state)
                    && members.get("time") instanceof JsonInteger(long time)) {
                return new BlockHeader(
                        height,
                        first,
                        Math.toIntExact(count),
                        Instant.ofEpochMilli(time),
                        rejections(codes),
                        Sha256.ofBase64Url(state),
                        Sha256.ofBase64Url(previous),
                        witnesses);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new JsonException("malformed block header");
        }
        throw new JsonException("malformed block header (expected: exactly the members count, first, height, "
                + "previous, rejections, state, time, and perhaps witnesses)");
    }

    private static Optional<WitnessSet> witnesses(Map<String, Json> members) {
        return members.get("witnesses") instanceof JsonObject set
                ? Optional.of(WitnessSet.ofJson(set))
                : Optional.empty();
    }

    private static SortedMap<Integer, RejectionCode> rejections(Map<String, Json> codes) {
        SortedMap<Integer, RejectionCode> rejections = new TreeMap<>();
        codes.forEach((text, code) -> {
            int position = Integer.parseInt(text);
            if (!(code instanceof JsonString(String value))
                    || !Integer.toString(position).equals(text)) {
                throw new IllegalArgumentException("malformed rejection");
            }
            rejections.put(position, new RejectionCode(value));
        });
        return rejections;
    }
}
