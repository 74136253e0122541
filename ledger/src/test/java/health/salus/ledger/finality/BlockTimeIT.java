package health.salus.ledger.finality;

import static health.salus.ledger.finality.FinalityIT.awaitFinal;
import static health.salus.ledger.finality.FinalityIT.committed;
import static health.salus.ledger.finality.Histories.assertOneFinalHistory;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.ledger.LedgerOptions;
import health.salus.ledger.block.Candidate;
import health.salus.ledger.ordering.BatchCodec;
import health.salus.ledger.ordering.Proposal;
import health.salus.ledger.testing.TestConsortium;
import health.salus.ledger.testing.TestConsortium.TestMember;
import health.salus.ledger.testing.TestNetwork;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.SignedNote;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockTimeIT {
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a year ahead",
                "an hour back",
                "no clocks",
                "forged clocks",
                "the liar's clocks",
                "thousands of clocks"
            })
    void a_proposal_cannot_set_the_time(String how) {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            four.startAll();
            TestMember first = four.member("n0");
            long before = committed(first.ledger().submit(four.network.add(1, 1).jws()))
                    .height();
            four.members().forEach(member -> awaitFinal(member, before));
            Instant previous = first.ledger().lastBlock().time();
            Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
            List<SignedNote> clocks = first.ledger().finality().clocks();
            Proposal lie = switch (how) {
                case "a year ahead" -> proposal(four, now.plus(YEAR), clocks);
                case "an hour back" -> proposal(four, now.minus(Duration.ofHours(1)), clocks);
                case "no clocks" -> proposal(four, now.plus(YEAR), List.of());
                case "forged clocks" ->
                    proposal(four, now.plus(YEAR), List.of(clock(stranger(four, "n1")), clock(stranger(four, "n2"))));
                case "the liar's clocks" -> {
                    SignedNote liar = clock(four.member("n3").witness, text(four));
                    yield proposal(four, now.plus(YEAR), List.of(liar, liar, liar));
                }
                case "thousands of clocks" ->
                    proposal(
                            four,
                            now.plus(YEAR),
                            Collections.nCopies(
                                    Proposal.MAX_CLOCKS,
                                    new SignedNote(
                                            text(four),
                                            Collections.nCopies(
                                                    SignedNote.MAX_SIGNATURES,
                                                    clock(four.member("n3").witness, text(four))
                                                            .signatures()
                                                            .getFirst()))));
                default -> throw new IllegalArgumentException(how);
            };
            four.order.inject(BatchCodec.encode(lie));
            four.members().forEach(member -> awaitFinal(member, before + 1));

            Instant time = first.ledger().block(before + 1).time();
            assertThat(time).isBetween(previous, Instant.now().plus(BlockTime.TOLERANCE));
            if (!how.equals("a year ahead")) {
                assertThat(time).isEqualTo(previous);
            }
            long after = committed(first.ledger().submit(four.network.add(1, 1).jws()))
                    .height();
            four.members().forEach(member -> awaitFinal(member, after));
            assertOneFinalHistory(four.members());
        }
    }

    @Test
    void clocks_that_are_an_hour_off_do_not_stop_the_network() {
        try (TestConsortium four = new TestConsortium(dir, 4)) {
            InstantSource system = InstantSource.system();
            four.member("n0")
                    .options(LedgerOptions.DEFAULT.withClock(InstantSource.offset(system, Duration.ofHours(1))));
            four.member("n1")
                    .options(LedgerOptions.DEFAULT.withClock(InstantSource.offset(system, Duration.ofHours(-1))));
            four.startAll();
            for (TestMember member : four.members()) {
                TransactionBody body = TransactionBody.of(
                        four.network.genesis.network(),
                        "register",
                        "add",
                        TestNetwork.arguments(1, 1),
                        TestNetwork.expiry(Duration.ofHours(3)));
                long height = committed(
                                member.ledger().submit(four.network.sign(body).jws()))
                        .height();
                four.members().forEach(other -> awaitFinal(other, height));
                assertThat(member.ledger().block(height).time())
                        .as("proposed by %s", member.name)
                        .isBetween(
                                Instant.now().minus(Duration.ofMinutes(62)),
                                Instant.now().plus(BlockTime.TOLERANCE)); // one clock that is ahead does not count
            }
            assertOneFinalHistory(four.members());
        }
    }

    private static Proposal proposal(TestConsortium network, Instant time, List<SignedNote> clocks) {
        List<Candidate> candidates = new ArrayList<>();
        candidates.add(Candidate.of(network.network.add(2, 1).jws()));
        return new Proposal(time, clocks, candidates);
    }

    private static String text(TestConsortium network) {
        return new Checkpoint(
                        network.network.genesis.origin(),
                        Histories.head(network.member("n0").ledger()))
                .text();
    }

    private static SignedNote clock(CosignatureSigner signer, String text) {
        return new SignedNote(text, List.of(signer.sign(text, Instant.now().plus(YEAR))));
    }

    private record Stranger(CosignatureSigner key, String text) {}

    private static Stranger stranger(TestConsortium network, String name) {
        return new Stranger(
                CosignatureSigner.generate(
                        network.member(name).witness.verifier().name(), new SecureRandom()),
                text(network));
    }

    private static SignedNote clock(Stranger stranger) {
        return clock(stranger.key(), stranger.text());
    }
}
