package health.salus.contracts.access;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.ledger.contract.StateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The justifications that one certificate owes, oldest first. */
record Debts(List<Debt> debts) {
    /** Most justifications that a certificate can owe. */
    static final int MOST = 100;

    /** The justification of {@code emergency} is due. */
    record Debt(Handle emergency, Instant due) {}

    Debts {
        debts = List.copyOf(debts);
    }

    boolean overdue(Instant time) {
        return debts.stream().anyMatch(debt -> !time.isBefore(debt.due()));
    }

    boolean isFull() {
        return debts.size() >= MOST;
    }

    Debts plus(Debt debt) {
        List<Debt> more = new ArrayList<>(debts);
        more.add(debt);
        return new Debts(more);
    }

    Debts minus(Handle emergency) {
        return new Debts(debts.stream()
                .filter(debt -> !debt.emergency().equals(emergency))
                .toList());
    }

    static StateKey key(Sha256 signer) {
        return new StateKey(AccessContract.NAME, "debts/" + signer.base64Url());
    }

    static Debts read(JsonObject value) {
        return new Debts(new Fields(value)
                .objects("debts").stream()
                        .map(fields -> new Debt(fields.handle("emergency"), fields.millis("due")))
                        .toList());
    }

    JsonObject write() {
        return JsonObject.builder()
                .put(
                        "debts",
                        new JsonArray(debts.stream()
                                .<Json>map(debt -> JsonObject.builder()
                                        .put("emergency", debt.emergency().value())
                                        .put("due", debt.due().toEpochMilli())
                                        .build())
                                .toList()))
                .build();
    }
}
