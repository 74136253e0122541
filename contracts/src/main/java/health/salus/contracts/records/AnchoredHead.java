package health.salus.contracts.records;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateKey;
import health.salus.tlog.merkle.TreeHead;

/**
 * The latest anchored head of an organization's record log.
 *
 * @param head size and root
 * @param height block that anchored it
 */
public record AnchoredHead(TreeHead head, long height) {
    static StateKey key(String organization) {
        return new StateKey(RecordsContract.NAME, "head/" + organization);
    }

    static AnchoredHead read(JsonObject value) {
        Fields fields = new Fields(value);
        return new AnchoredHead(new TreeHead(fields.number("size"), fields.digest("root")), fields.number("height"));
    }

    JsonObject write() {
        return JsonObject.builder()
                .put("size", head.size())
                .put("root", head.root().base64Url())
                .put("height", height)
                .build();
    }
}
