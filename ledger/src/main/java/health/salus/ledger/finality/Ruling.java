package health.salus.ledger.finality;

import health.salus.tlog.note.CosignatureVerifier;
import health.salus.tlog.note.NoteSignature;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.note.SignedNote;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A witness set with its keys decoded, for the log called {@code origin}. Thread-safe; remembers signatures that it found
 * good, since nodes repeat them: as clocks of proposals, and to whoever asks.
 */
public final class Ruling {
    private static final int MOST_REMEMBERED = 1_024;
    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999

    private final WitnessSet set;
    private final String origin;
    private final List<SignatureVerifier> logs = new ArrayList<>();
    private final Map<String, CosignatureVerifier> keys = new HashMap<>(); // by name
    private final Set<Good> good = ConcurrentHashMap.newKeySet();

    /** A signature, in base64, that was found good. */
    private record Good(String text, String name, String signature) {}

    public Ruling(WitnessSet set, String origin) {
        this.set = set;
        this.origin = origin;
        set.members().forEach(member -> {
            CosignatureVerifier key = member.witnessKey(origin);
            keys.put(key.name(), key);
            logs.add(member.logKey(origin));
        });
    }

    /** The set itself. */
    public WitnessSet set() {
        return set;
    }

    /** The log. */
    public String origin() {
        return origin;
    }

    /** The member that made {@code signature} over {@code text}; empty: none did, or not before the year 10000. */
    public Optional<String> signerOf(String text, NoteSignature signature) {
        CosignatureVerifier key = keys.get(signature.name());
        return key != null
                        && key.keyId() == signature.keyId()
                        && isDated(signature.signature())
                        && verifies(key, text, signature)
                ? Optional.of(signature.name().substring(origin.length() + 1))
                : Optional.empty();
    }

    private boolean verifies(CosignatureVerifier key, String text, NoteSignature signature) {
        Good candidate = new Good(text, signature.name(), Base64.getEncoder().encodeToString(signature.signature()));
        if (good.contains(candidate)) {
            return true;
        }
        boolean verified = key.verifies(text, signature.signature());
        if (verified) {
            if (good.size() >= MOST_REMEMBERED) {
                good.clear();
            }
            good.add(candidate);
        }
        return verified;
    }

    /** Other times are beyond what an {@code Instant} can hold, or nearly so. */
    private static boolean isDated(byte[] cosignature) {
        if (cosignature.length < Long.BYTES) {
            return false;
        }
        long seconds = ByteBuffer.wrap(cosignature).getLong();
        return seconds >= 0 && seconds <= LAST_SECOND;
    }

    /** Whether a member signs checkpoints as the log with this key. */
    boolean hasLog(SignatureVerifier key) {
        return logs.contains(key);
    }

    /** A signature under {@code note} that a member made as the log. */
    Optional<NoteSignature> logSignature(SignedNote note) {
        return note.signatures().stream()
                .filter(signature -> signature.name().equals(origin))
                .filter(signature -> logs.stream()
                        .anyMatch(log ->
                                log.keyId() == signature.keyId() && log.verifies(note.text(), signature.signature())))
                .findFirst();
    }
}
