package health.salus.cli.governance;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.NodeOptions;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus network status} */
@Command(
        name = "status",
        description = "Show how far a node is: blocks, finality, who orders, and what is wrong.",
        footer = "salus network status --node http://127.0.0.1:8480")
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    /** Ends with {@link ExitCode#UNAVAILABLE} where the node takes nothing in or knows no leader. */
    @Override
    public Integer call() {
        JsonNode status = node.client().status();
        List<String> trouble = trouble(status);
        output.show(json(status, trouble), text(status, trouble));
        return (trouble.isEmpty() ? ExitCode.OK : ExitCode.UNAVAILABLE).number();
    }

    private static List<String> trouble(JsonNode status) {
        List<String> trouble = new ArrayList<>();
        if (status.path("stopped").asBoolean()) {
            trouble.add("the node takes nothing in until it is restarted; its log says why");
        }
        if (status.path("recovering").asBoolean()) {
            trouble.add("the node was restored and does not cosign yet");
        }
        if (status.has("ordering") && !status.path("ordering").has("leader")) {
            trouble.add("no leader is known: too few nodes can be reached");
        }
        status.path("contradicting")
                .forEach(other ->
                        trouble.add(other.asText() + " has cosigned something else; see 'salus network evidence'"));
        return trouble;
    }

    private static String text(JsonNode status, List<String> trouble) {
        long last = status.path("height").asLong();
        long settled = status.path("final").asLong();
        StringBuilder text =
                new StringBuilder("network ").append(status.path("network").asText());
        text.append("\nblock ").append(last);
        if (status.path("witnesses").asInt() == 0) {
            text.append(", final as soon as it is stored");
        } else {
            text.append(settled >= last ? ", final" : ", final up to " + settled)
                    .append(" with ")
                    .append(status.path("quorum").asInt())
                    .append(" of ")
                    .append(status.path("witnesses").asInt())
                    .append(" cosignatures");
        }
        JsonNode ordering = status.path("ordering");
        if (!ordering.isMissingNode()) {
            text.append("\n")
                    .append(ordering.path("role").asText())
                    .append(" among ")
                    .append(ordering.path("nodes").asInt())
                    .append(" nodes in term ")
                    .append(ordering.path("term").asLong());
            if (ordering.has("leader")) {
                text.append("; ").append(ordering.path("leader").asText()).append(" leads");
            }
        }
        trouble.forEach(line -> text.append("\n! ").append(line));
        return text.toString();
    }

    private static JsonObject json(JsonNode status, List<String> trouble) {
        Json.Builder json = JsonObject.builder()
                .put("network", status.path("network").asText())
                .put("height", status.path("height").asLong())
                .put("final", status.path("final").asLong())
                .put("witnesses", status.path("witnesses").asLong())
                .put("quorum", status.path("quorum").asLong())
                .put(
                        "trouble",
                        new Json.JsonArray(
                                trouble.stream().<Json>map(Json.JsonString::new).toList()));
        JsonNode ordering = status.path("ordering");
        if (!ordering.isMissingNode()) {
            json.put("role", ordering.path("role").asText())
                    .put("term", ordering.path("term").asLong())
                    .put("nodes", ordering.path("nodes").asLong())
                    .put("leader", ordering.path("leader").asText());
        }
        return json.build();
    }
}
