package health.salus.contracts.network;

import health.salus.contracts.rule.Fields;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.StateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** From which height on which version of one contract is in force, past and to come; heights and versions ascend. */
record ContractActivations(List<Activation> activations) {
    /** From {@code height} on, {@code version} is in force. */
    record Activation(long height, int version) {}

    ContractActivations {
        activations = List.copyOf(activations);
    }

    static StateKey key(String contract) {
        return new StateKey(NetworkContract.NAME, "contract/" + contract);
    }

    OptionalInt inForce(long height) {
        return activations.reversed().stream()
                .filter(activation -> activation.height() <= height)
                .mapToInt(Activation::version)
                .findFirst();
    }

    /** Whether {@code next} comes after all others. */
    boolean precede(Activation next) {
        return activations.isEmpty()
                || (activations.getLast().height() < next.height()
                        && activations.getLast().version() < next.version());
    }

    ContractActivations and(Activation next) {
        List<Activation> more = new ArrayList<>(activations);
        more.add(next);
        return new ContractActivations(more);
    }

    static ContractActivations read(JsonObject value) {
        return new ContractActivations(new Fields(value)
                .objects("activations").stream()
                        .map(fields ->
                                new Activation(fields.number("height"), Math.toIntExact(fields.number("version"))))
                        .toList());
    }

    JsonObject write() {
        JsonArray array = new JsonArray(activations.stream()
                .<Json>map(activation -> JsonObject.builder()
                        .put("height", activation.height())
                        .put("version", activation.version())
                        .build())
                .toList());
        return JsonObject.builder().put("activations", array).build();
    }
}
