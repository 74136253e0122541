package health.salus.cli.governance;

import static health.salus.cli.client.FakeNode.json;

import com.sun.net.httpserver.HttpExchange;
import health.salus.cli.client.FakeNode;
import health.salus.contracts.NetworkRules;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.JsonReader;
import health.salus.ledger.block.Genesis;
import health.salus.ledger.contract.Call;
import health.salus.ledger.contract.Outcome;
import health.salus.ledger.contract.Rules;
import health.salus.ledger.contract.StateKey;
import health.salus.ledger.contract.WorldState;
import health.salus.ledger.transaction.Transaction;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Executes transactions as a node would, without a ledger; every transaction is a block. */
final class GovernedNode implements AutoCloseable {
    private static final String STATE = "/ledger/state/";

    private final Genesis genesis;
    private final Rules rules = NetworkRules.rules();
    private Map<StateKey, JsonObject> values;
    private long height;
    private final FakeNode door = new FakeNode(exchange -> answer(exchange));

    GovernedNode(byte[] genesis) {
        this.genesis = Genesis.of(JsonReader.object(genesis));
        this.values = new ConcurrentHashMap<>();
        rules.genesis().apply(this.genesis.content(), view(values));
    }

    URI uri() {
        return door.uri();
    }

    @Override
    public void close() {
        door.close();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith(STATE)) {
            String[] parts = path.substring(STATE.length()).split("/", 2);
            JsonObject value = values.get(new StateKey(parts[0], parts[1]));
            json(200, "{\"height\":" + height + (value == null ? "" : ",\"value\":" + text(value)) + "}")
                    .to(exchange);
        } else if (exchange.getRequestMethod().equals("POST")) {
            execute(Transaction.parse(door.bodies().getLast().getBytes(StandardCharsets.US_ASCII)), exchange);
        } else {
            json(200, "{\"network\":\"" + genesis.network() + "\",\"verifier\":\"key\",\"height\":" + height + "}")
                    .to(exchange);
        }
    }

    private void execute(Transaction transaction, HttpExchange exchange) throws IOException {
        Map<StateKey, JsonObject> after = new ConcurrentHashMap<>(values);
        height++;
        Instant now = Instant.now();
        String rejection = "unknown-key";
        if (rules.keys().find(view(values), transaction.signer(), now).isPresent()) {
            Call call = new Call(
                    transaction.id(),
                    transaction.signer(),
                    transaction.passkey(),
                    transaction.body().action(),
                    transaction.body().arguments(),
                    now,
                    height);
            Outcome outcome = rules.inForce(view(values), transaction.body().contract(), height)
                    .orElseThrow()
                    .apply(call, view(after));
            rejection = outcome instanceof Outcome.Rejected(var code) ? code.value() : "";
        }
        if (rejection.isEmpty()) {
            values = after;
        }
        String fields = "\"height\":" + height + ",\"index\":" + 2 * height;
        json(
                        rejection.isEmpty() ? 201 : 422,
                        "{" + fields + (rejection.isEmpty() ? "" : ",\"rejection\":\"" + rejection + "\"") + "}")
                .to(exchange);
    }

    private static String text(JsonObject value) {
        return new String(value.canonical(), StandardCharsets.UTF_8);
    }

    private static WorldState view(Map<StateKey, JsonObject> values) {
        return new WorldState() {
            @Override
            public Optional<JsonObject> get(StateKey key) {
                return Optional.ofNullable(values.get(key));
            }

            @Override
            public void put(StateKey key, JsonObject value) {
                values.put(key, value);
            }

            @Override
            public void remove(StateKey key) {
                values.remove(key);
            }
        };
    }
}
