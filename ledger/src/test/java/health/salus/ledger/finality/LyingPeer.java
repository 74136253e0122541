package health.salus.ledger.finality;

import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.tlog.TileSource;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A node that says the same to whatever it is asked. */
record LyingPeer(String organization, Answer answer) implements Peer {
    /** What it says. */
    interface Answer {
        List<SignedNote> notes() throws InterruptedException;
    }

    /** A liar of the kind that is called so. */
    static LyingPeer of(String how, TestConsortium network, TestMember liar) {
        String origin = network.network.genesis.origin();
        Checkpoint forged = Histories.forged(origin, 1L << 40);
        return new LyingPeer(
                liar.name,
                switch (how) {
                    case "RuntimeException" ->
                        () -> {
                            throw new IllegalStateException("a peer's fault");
                        };
                    case "Garbage" -> () -> List.of(SignedNote.parse("what?\n\n\u2014 somebody AAAAAAAA\n"));
                    case "TooMany" -> () -> Collections.nCopies(10_000, signed(liar.witness, forged.text()));
                    case "OtherLog" ->
                        () -> List.of(signed(liar.witness, new Checkpoint("example.org/log", TreeHead.EMPTY).text()));
                    case "Extension" ->
                        () -> List.of(signed(
                                liar.witness, new Checkpoint(origin, 2, forged.root(), List.of("extension")).text()));
                    case "OtherKey" ->
                        () -> List.of(signed(
                                CosignatureSigner.generate(
                                        network.member("n1").witness.verifier().name(), new SecureRandom()),
                                Histories.forged(origin, 2).text()));
                    case "NoCheckpoint" -> () -> List.of(signed(liar.witness, "no checkpoint\n"));
                    case "Stuck" ->
                        () -> {
                            new CountDownLatch(1).await();
                            return List.of();
                        };
                    default -> throw new IllegalArgumentException(how);
                });
    }

    private static SignedNote signed(CosignatureSigner signer, String text) {
        return new SignedNote(text, List.of(signer.sign(text, Instant.now())));
    }

    @Override
    public List<SignedNote> exchange(List<SignedNote> notes, boolean fresh) throws InterruptedException {
        return answer.notes();
    }

    @Override
    public Optional<SignedNote> handoverAfter(long height) throws InterruptedException {
        return answer.notes().stream().findFirst();
    }

    @Override
    public TileSource log() {
        return path -> Optional.of("garbage".getBytes(StandardCharsets.UTF_8));
    }
}
