package health.salus.node.explorer;

import static java.nio.charset.StandardCharsets.UTF_8;

import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.receipt.RecordReceiptCheck;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.receipt.ReceiptCheck;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.proof.TrustPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A receipt to check, with what it is checked against.
 *
 * @param trust a log's key or a policy
 * @param resource that a record's receipt must be about
 */
record ReceiptCase(String file, String trust, @Nullable String resource) {
    /** Address of the FHIR server that resources are from. */
    static final String BASE = "https://fhir.example/r4";

    ReceiptCase(String file, String trust) {
        this(file, trust, null);
    }

    Map<String, Object> argument() {
        Map<String, Object> argument = new HashMap<>(Map.of("receipt", file, "trust", trust, "bases", List.of(BASE)));
        if (resource != null) {
            argument.put("resource", resource);
        }
        return argument;
    }

    String verdict() {
        try {
            return file.startsWith(RecordReceipt.VERSION + "\n") ? ofRecord() : ofTransaction();
        } catch (IllegalArgumentException | FhirJsonException e) {
            return simplified(String.valueOf(e.getMessage()));
        }
    }

    private TrustPolicy policy() {
        return trust.startsWith("log ") || trust.contains("\n")
                ? TrustPolicy.parse(trust.getBytes(UTF_8))
                : TrustPolicy.of(SignatureVerifier.of(trust));
    }

    private String ofTransaction() {
        return switch (Receipt.check(file, policy())) {
            case ReceiptCheck.Verified verified ->
                "verified " + verified.height() + " "
                        + verified.rejection().map(RejectionCode::value).orElse("accepted");
            case ReceiptCheck.Refused(String reason) -> simplified(reason);
        };
    }

    private String ofRecord() {
        TrustPolicy policy = policy();
        RecordReceipt receipt = RecordReceipt.parse(file);
        RecordReceiptCheck check = resource == null
                ? receipt.check(policy)
                : receipt.check(policy, FhirJson.resource(resource.getBytes(UTF_8)), OwnBases.of(BASE));
        return switch (check) {
            case RecordReceiptCheck.Verified verified -> "verified " + verified.height() + " " + verified.version();
            case RecordReceiptCheck.Refused(String reason) -> simplified(reason);
        };
    }

    /** What makes a file unreadable is told in words of their own. */
    static String simplified(String reason) {
        return reason.startsWith("malformed") || reason.startsWith("policy line") || reason.contains("JSON")
                ? "malformed"
                : reason;
    }
}
