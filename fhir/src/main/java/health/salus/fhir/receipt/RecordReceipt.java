package health.salus.fhir.receipt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.records.RecordsContract;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.Seal;
import health.salus.fhir.seal.SealCheck;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.InvalidArgumentException;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.ledger.transaction.TransactionBody;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.MerkleHash;
import health.salus.tlog.merkle.ProofCheck;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.proof.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Proves that a version of a resource was committed to: its seal, that the commitment is in the organization's record
 * log, and the ledger's receipt of the transaction that anchored the log's head. Whoever has the resource too can check
 * that it is the one. Immutable.
 *
 * <p>The file is text in UTF-8: a line {@value #VERSION}, a line with the {@linkplain Seal#encode seal}, a line
 * {@code kind}, a space and {@code VERSION} or {@code DISCLOSURE}, a line {@code index}, a space and a decimal, one line
 * for each hash of the path in base64url, a line {@code ---}, the ledger's receipt.
 *
 * @param kind of the entry: a stored version, or an audit event
 * @param inclusion of the entry in the record log, at the size that {@code anchor} has
 * @param anchor of the transaction {@code records.anchor}
 */
public record RecordReceipt(Seal seal, RecordEntry.Kind kind, InclusionProof inclusion, Receipt anchor) {
    /** First line of the file. */
    public static final String VERSION = "salus-record-receipt/v1";

    private static final String SEPARATOR = "\n---\n";
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");
    private static final int MAX_PATH = 63;
    private static final int MAX_CHARS = 2 << 20;

    /** Reads a file in its one spelling. @throws IllegalArgumentException for anything else, quoting none of it */
    public static RecordReceipt parse(String file) {
        RecordReceipt receipt = read(file);
        if (!receipt.encode().equals(file)) {
            throw malformed("not in its one spelling");
        }
        return receipt;
    }

    private static RecordReceipt read(String file) {
        int separator = file.indexOf(SEPARATOR);
        if (separator < 0 || file.length() > MAX_CHARS) {
            throw malformed("expected: " + VERSION + ", a seal, a proof, ---, a receipt of the ledger");
        }
        List<String> lines = file.substring(0, separator).lines().toList();
        if (lines.size() < 4 || lines.size() > 4 + MAX_PATH || !lines.getFirst().equals(VERSION)) {
            throw malformed("expected: " + VERSION + ", a seal, its kind, an index, a path");
        }
        try {
            return new RecordReceipt(
                    Seal.decode(lines.get(1).getBytes(StandardCharsets.UTF_8)),
                    kind(lines.get(2)),
                    new InclusionProof(index(lines.get(3)), path(lines.subList(4, lines.size()))),
                    Receipt.parse(file.substring(separator + SEPARATOR.length())));
        } catch (RuntimeException e) { // whatever reads a part says what that part should be, and quotes nothing
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static RecordEntry.Kind kind(String line) {
        return switch (line) {
            case "kind VERSION" -> RecordEntry.Kind.VERSION;
            case "kind DISCLOSURE" -> RecordEntry.Kind.DISCLOSURE;
            default -> throw new IllegalArgumentException("kind of entry that has no receipt");
        };
    }

    private static long index(String line) {
        var matcher = INDEX.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no index line");
        }
        return Long.parseLong(matcher.group(1));
    }

    private static List<Sha256> path(List<String> lines) {
        List<Sha256> path = new ArrayList<>();
        lines.forEach(line -> path.add(Sha256.ofBase64Url(line)));
        return path;
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("malformed record receipt (" + why + ")");
    }

    /** The file; leads back through {@link #parse}. */
    public String encode() {
        StringBuilder file = new StringBuilder(VERSION)
                .append('\n')
                .append(new String(seal.encode(), StandardCharsets.UTF_8))
                .append("\nkind ")
                .append(kind.name())
                .append("\nindex ")
                .append(inclusion.index());
        inclusion.path().forEach(hash -> file.append('\n').append(hash.base64Url()));
        return file.append(SEPARATOR).append(anchor.encode()).toString();
    }

    /**
     * Checks this receipt; the resource itself stays out of it.
     *
     * @param policy whose signatures make a checkpoint of the ledger believable, at least the ledger's
     */
    public RecordReceiptCheck check(TrustPolicy policy) {
        return switch (anchor.check(policy)) {
            case ReceiptCheck.Refused(String reason) -> new RecordReceiptCheck.Refused("anchor: " + reason);
            case ReceiptCheck.Verified verified
            when verified.rejection().isPresent() -> new RecordReceiptCheck.Refused("anchor: the network rejected it");
            case ReceiptCheck.Verified verified -> checkInclusion(verified);
        };
    }

    /** Checks this receipt, and that {@code resource} is the version that it is about. */
    public RecordReceiptCheck check(TrustPolicy policy, ObjectNode resource, OwnBases bases) {
        return switch (seal.check(resource, bases)) {
            case SealCheck.Matches matches -> check(policy);
            case SealCheck.Differs(var parts) ->
                new RecordReceiptCheck.Refused("the resource is not the one that was sealed; differing: " + parts);
        };
    }

    private RecordReceiptCheck checkInclusion(ReceiptCheck.Verified anchored) {
        TransactionBody body = anchor.transaction().body();
        if (!body.contract().equals(RecordsContract.NAME) || !body.action().equals("anchor")) {
            return new RecordReceiptCheck.Refused("anchor: a transaction about something else");
        }
        TreeHead head;
        try {
            Arguments arguments = Arguments.of(body.arguments());
            head = new TreeHead(arguments.count("size", 1, Long.MAX_VALUE), arguments.digest("root"));
        } catch (InvalidArgumentException e) {
            return new RecordReceiptCheck.Refused("anchor: without a head");
        }
        Sha256 leaf = MerkleHash.leaf(new RecordEntry(kind, seal.commitment()).encode());
        return switch (inclusion.check(leaf, head)) {
            case ProofCheck.Refused(String reason) -> new RecordReceiptCheck.Refused("record log: " + reason);
            case ProofCheck.Verified verified ->
                new RecordReceiptCheck.Verified(
                        seal.version(),
                        inclusion.index(),
                        anchor.transaction().signer(),
                        body.network(),
                        anchored.height(),
                        anchored.time());
        };
    }
}
