package health.salus.cli.identity;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.block.Genesis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an organization needs to know of a network to run a node in it; public. As JSON {@code {"genesis","nodes"}}.
 *
 * @param nodes base URLs of nodes that there are
 */
record Invitation(Genesis genesis, List<URI> nodes) {
    Invitation {
        nodes = List.copyOf(nodes);
    }

    /** Reads a file. @throws CommandException if it is none */
    static Invitation read(Path file) throws IOException {
        try {
            JsonObject json = JsonReader.object(Files.readAllBytes(file));
            if (json.members().get("genesis") instanceof JsonObject genesis
                    && json.members().get("nodes") instanceof JsonArray(List<Json> nodes)) {
                return new Invitation(
                        Genesis.of(genesis), nodes.stream().map(Invitation::url).toList());
            }
        } catch (JsonException | IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, file + " is no invitation (" + e.getMessage() + ")", e);
        }
        throw new CommandException(ExitCode.USAGE, file + " is no invitation (expected: genesis, nodes)");
    }

    private static URI url(Json node) {
        if (node instanceof JsonString(String text)) {
            return URI.create(text);
        }
        throw new IllegalArgumentException("a node's URL that is no string");
    }

    void write(Path file) throws IOException {
        Files.write(
                file,
                JsonObject.builder()
                        .put("genesis", genesis.content())
                        .put(
                                "nodes",
                                new JsonArray(nodes.stream()
                                        .<Json>map(node -> new JsonString(node.toString()))
                                        .toList()))
                        .build()
                        .canonical());
    }
}
