package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.SignedNote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What must hold of the histories of several nodes, and how to lie about them. */
final class Histories {
    private Histories() {}

    /** No two of these have made different roots final: whatever both have made final is the same. */
    static void assertOneFinalHistory(List<TestMember> honest) {
        for (TestMember one : honest) {
            for (TestMember other : honest) {
                long size = Math.min(finalSize(one), finalSize(other));
                assertThat(one.ledger().log().head(size))
                        .as("%s and %s at size %d", one.name, other.name, size)
                        .isEqualTo(other.ledger().log().head(size));
            }
        }
    }

    private static long finalSize(TestMember member) {
        return member.ledger()
                .finality()
                .checkpoint()
                .map(note -> Checkpoint.parse(note.text()).size())
                .orElse(0L);
    }

    /** Size and root after the last block. */
    static TreeHead head(Ledger ledger) {
        return ledger.log().head(ledger.lastBlock().index() + 1);
    }

    /** What {@code liar} signs, whatever it is. */
    static SignedNote signed(CosignatureSigner liar, Checkpoint checkpoint, Instant time) {
        return new SignedNote(checkpoint.text(), List.of(liar.sign(checkpoint.text(), time)));
    }

    /** Another root of so many entries. */
    static Checkpoint forged(String origin, long size) {
        return new Checkpoint(
                origin,
                new TreeHead(size, Sha256.of(("forged " + size).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    static void await(String what, BooleanSupplier holds) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
