package health.salus.cli.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.cli.client.GatewayClient;
import health.salus.cli.client.GatewayRefusedException;
import health.salus.fhir.ResourceVersion;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.receipt.RecordReceiptCheck;
import health.salus.tlog.proof.TrustPolicy;

/** Verifies resources that came through a gateway by their receipts. */
final class ReceivedRecords {
    private final GatewayClient gateway;
    private final TrustPolicy policy;
    private final OwnBases bases;

    /** @param policy whose signatures make a checkpoint of the ledger believable */
    ReceivedRecords(GatewayClient gateway, TrustPolicy policy) {
        this.gateway = gateway;
        this.policy = policy;
        String base = gateway.fhirBase().toString();
        this.bases = OwnBases.of(base.substring(0, base.length() - 1));
    }

    /** What was found out about one resource. */
    record Checked(String version, RecordReceiptCheck check) {}

    Checked check(ObjectNode resource) {
        ResourceVersion version;
        try {
            version = ResourceVersion.of(resource);
        } catch (IllegalArgumentException e) {
            return new Checked("?", new RecordReceiptCheck.Refused("a resource without id or version"));
        }
        return new Checked(version.toString(), check(resource, version));
    }

    private RecordReceiptCheck check(ObjectNode resource, ResourceVersion version) {
        try {
            String receipt = gateway.receipt(version.resource() + "/" + version.version());
            RecordReceiptCheck check = RecordReceipt.parse(receipt).check(policy, resource, bases);
            return check instanceof RecordReceiptCheck.Verified verified
                            && !verified.version().equals(version)
                    ? new RecordReceiptCheck.Refused("the receipt is of another version")
                    : check;
        } catch (IllegalArgumentException | GatewayRefusedException e) {
            return new RecordReceiptCheck.Refused("no receipt: " + e.getMessage());
        }
    }
}
