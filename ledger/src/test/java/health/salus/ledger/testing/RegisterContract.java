package health.salus.ledger.testing;

import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.ledger.contract.Arguments;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Contract;
import health.salus.ledger.contract.Event;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.WorldState;
import java.util.Set;

/** Numbers under handles: {@code add} adds to one, {@code clear} forgets it, {@code fail} has a fault. */
public final class RegisterContract implements Contract {
    public static StateKey key(String handle) {
        return new StateKey("register", "number/" + handle);
    }

    @Override
    public String name() {
        return "register";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<String> actions() {
        return Set.of("add", "clear", "fail");
    }

    @Override
    public Outcome apply(Call call, WorldState state) {
        Arguments arguments = Arguments.of(call.arguments());
        StateKey key = key(arguments.handle("handle").value());
        return switch (call.action()) {
            case "add" -> {
                long amount = arguments.count("amount", 0, 1_000_000);
                arguments.end();
                long before = state.get(key)
                        .map(value -> value.members().get("number"))
                        .map(number -> ((JsonInteger) number).value())
                        .orElse(0L);
                state.put(
                        key, JsonObject.builder().put("number", before + amount).build());
                if (amount == 13) {
                    yield Outcome.rejected("unlucky"); // after writing, which must not count
                }
                yield Outcome.accepted(new Event(
                        "register.added",
                        JsonObject.builder().put("number", before + amount).build()));
            }
            case "clear" -> {
                state.remove(key);
                yield Outcome.accepted();
            }
            default -> throw new IllegalStateException("fault");
        };
    }
}
