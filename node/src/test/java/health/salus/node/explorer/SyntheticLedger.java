package health.salus.node.explorer;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.CompactJws;
import health.salus.identity.P256PrivateKey;
import health.salus.identity.PasskeyAssertion;
import health.salus.ledger.block.BlockHeader;
import health.salus.ledger.block.Entry;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.receipt.Handover;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.transaction.Transaction;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.CosignatureSigner;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import health.salus.tlog.proof.TlogProof;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A log of transactions and headers as a ledger's, without a ledger: nothing is executed, so that receipts can be made that
 * no ledger would make.
 */
final class SyntheticLedger {
    static final String NETWORK = "test.0123456789abcdef";
    static final String ORIGIN = "salus/" + NETWORK;
    static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    private static final SecureRandom RANDOM = new SecureRandom();

    final NoteSigner log = NoteSigner.generate(ORIGIN, RANDOM);
    final SyntheticLog entries = new SyntheticLog();
    private final P256PrivateKey client = P256PrivateKey.generate();
    private final List<Handover> handovers = new ArrayList<>();
    private List<Member> members = List.of();
    private long height;

    /** An organization's node. */
    record Member(String organization, NoteSigner log, CosignatureSigner witness) {
        static Member of(String organization) {
            return new Member(
                    organization,
                    NoteSigner.generate(ORIGIN, RANDOM),
                    CosignatureSigner.generate(WitnessSet.witnessName(ORIGIN, organization), RANDOM));
        }

        WitnessSet.Member described() {
            return new WitnessSet.Member(
                    organization,
                    base64Url(log.verifier().publicKey()),
                    base64Url(witness.verifier().publicKey()));
        }

        private static String base64Url(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }

    /** Where a block is. */
    record Block(BlockHeader header, List<Transaction> transactions) {}

    SyntheticLedger() {
        entries.append("G{}".getBytes(StandardCharsets.UTF_8));
    }

    Transaction transaction(String network, String contract, String action, JsonObject arguments) {
        return TransactionBody.of(network, contract, action, arguments, TIME.plus(Duration.ofMinutes(5)))
                .sign(client.publicKey().thumbprint(), client);
    }

    Transaction transaction() {
        return transaction(
                NETWORK,
                "access",
                "revoke",
                JsonObject.builder().put("n", entries.size()).build());
    }

    Transaction signedByPasskey() {
        byte[] payload = transaction().body().toJson().canonical();
        byte[] input =
                CompactJws.signingInputForPasskey(payload, client.publicKey().thumbprint());
        byte[] authenticatorData = new byte[37];
        authenticatorData[32] = 0x05;
        byte[] clientData = ("{\"type\":\"webauthn.get\",\"challenge\":\""
                        + Sha256.of(input).base64Url()
                        + "\",\"origin\":\"https://hospital.example\",\"crossOrigin\":false,\"other\":\"é\"}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] signature = client.sign(
                        Sha256.of(authenticatorData, Sha256.of(clientData).bytes()))
                .der();
        return Transaction.parse(
                CompactJws.withAssertion(input, PasskeyAssertion.of(authenticatorData, clientData, signature)));
    }

    Block append(List<Transaction> transactions) {
        return append(transactions, new TreeMap<>(), Optional.empty());
    }

    Block append(
            List<Transaction> transactions,
            SortedMap<Integer, RejectionCode> rejections,
            Optional<WitnessSet> witnesses) {
        int first = entries.size();
        transactions.forEach(transaction -> entries.append(Entry.encode(Entry.TRANSACTION, transaction.jws())));
        BlockHeader header = new BlockHeader(
                ++height,
                first,
                transactions.size(),
                TIME.plusSeconds(height),
                rejections,
                Sha256.of(new byte[] {(byte) height}),
                entries.leaf(first - 1),
                witnesses);
        entries.append(header.entry());
        return new Block(header, transactions);
    }

    /** Lets others be the witnesses from the next block on. */
    void handOver(List<Member> next, int quorum) {
        WitnessSet set = new WitnessSet(next.stream().map(Member::described).toList(), quorum);
        BlockHeader header = append(List.of(transaction()), new TreeMap<>(), Optional.of(set))
                .header();
        handovers.add(new Handover(header, proof((int) header.index(), checkpoint(entries.size()))));
        members = next;
    }

    /** As witnesses at present sign it, all of them; where there are none, the log. */
    SignedNote checkpoint(int size) {
        return checkpoint(size, members.size());
    }

    SignedNote checkpoint(int size, int cosigners) {
        NoteSigner signer = members.isEmpty() ? log : members.getFirst().log();
        SignedNote note = new Checkpoint(ORIGIN, entries.head(size)).sign(signer);
        for (Member member : members.subList(0, cosigners)) {
            note = note.with(member.witness().sign(note.text(), TIME.plusSeconds(size)));
        }
        return note;
    }

    TlogProof proof(int index, SignedNote checkpoint) {
        int size = Math.toIntExact(Checkpoint.parse(checkpoint.text()).size());
        return TlogProof.of(entries.prove(index, size), checkpoint);
    }

    Receipt receipt(Block block, int position) {
        return receipt(block, position, checkpoint(entries.size()));
    }

    Receipt receipt(Block block, int position, SignedNote checkpoint) {
        return new Receipt(
                block.transactions().get(position),
                block.header(),
                proof((int) block.header().first() + position, checkpoint),
                proof((int) block.header().index(), checkpoint),
                handovers);
    }

    /** Adds so many blocks of one transaction. */
    void grow(int blocks) {
        IntStream.range(0, blocks).forEach(i -> append(List.of(transaction())));
    }
}
