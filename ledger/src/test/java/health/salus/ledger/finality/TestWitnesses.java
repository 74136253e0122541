package health.salus.ledger.finality;

import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Members {@code m00}, {@code m01} and so on of a network without nodes, with keys that are always the same. */
final class TestWitnesses {
    static final String ORIGIN = "salus/test.0123456789abcdef";

    private final List<NoteSigner> logs = new ArrayList<>();
    private final List<CosignatureSigner> witnesses = new ArrayList<>();
    final WitnessSet set;

    TestWitnesses(int n) {
        List<WitnessSet.Member> members = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            logs.add(NoteSigner.ofSeed(ORIGIN, seed(1, i)));
            witnesses.add(CosignatureSigner.ofSeed(WitnessSet.witnessName(ORIGIN, name(i)), seed(2, i)));
            members.add(new WitnessSet.Member(
                    name(i),
                    base64Url(logs.getLast().verifier().publicKey()),
                    base64Url(witnesses.getLast().verifier().publicKey())));
        }
        set = new WitnessSet(members, Thresholds.quorum(n));
    }

    static String name(int i) {
        return "m%02d".formatted(i);
    }

    static String base64Url(byte[] key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static byte[] seed(int kind, int i) {
        byte[] seed = new byte[32];
        seed[0] = (byte) kind;
        seed[1] = (byte) i;
        return seed;
    }

    Ruling ruling() {
        return new Ruling(set, ORIGIN);
    }

    CosignatureSigner witness(int i) {
        return witnesses.get(i);
    }

    /** A checkpoint signed by a member's log key and cosigned by these. */
    SignedNote note(Checkpoint checkpoint, Collection<Integer> cosigners) {
        SignedNote note = checkpoint.sign(logs.getFirst());
        for (int i : cosigners) {
            note = note.with(witnesses.get(i).sign(checkpoint.text(), Instant.EPOCH));
        }
        return note;
    }

    /** Only cosigned, at that time. */
    SignedNote clock(int i, Instant time) {
        String text = Histories.forged(ORIGIN, 2).text();
        return new SignedNote(text, List.of(witnesses.get(i).sign(text, time)));
    }

    static List<Integer> first(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
