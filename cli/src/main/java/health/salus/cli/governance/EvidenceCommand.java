package health.salus.cli.governance;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import health.salus.cli.option.NodeOptions;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.ledger.finality.Evidence;
import health.salus.ledger.finality.Evidence.Verdict;
import health.salus.tlog.note.Checkpoint;
import health.salus.tlog.note.NoteException;
import health.salus.tlog.proof.PolicyException;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code salus network evidence} */
@Command(
        name = "evidence",
        description = "Judge signed checkpoints that contradict each other: files, offline, or what a node keeps.",
        footer = {
            "salus network evidence evidence.txt --policy network.policy",
            "salus network evidence --policy network.policy --dir evidence"
        })
public final class EvidenceCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Evidence files; without any the node is asked for what it keeps.")
    private List<Path> files = List.of();

    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "Policy of the network (c2sp.org/tlog-policy), see 'salus network policy'.")
    private @Nullable Path policy;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where to keep what the node has, one file each.")
    private @Nullable Path dir;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Mixin
    private final Output output = new Output();

    /** Ends with {@link ExitCode#REFUSED} where somebody has lied or history has split. */
    @Override
    public Integer call() throws IOException {
        TrustPolicy trusted = policy();
        List<Judged> judged = new ArrayList<>();
        for (Path file : files) {
            judged.add(Judged.of(file.toString(), Files.readString(file), trusted));
        }
        if (files.isEmpty()) {
            for (String file : node.client().evidence()) {
                String name = "evidence-" + (judged.size() + 1) + ".txt";
                if (dir != null) {
                    Files.createDirectories(dir);
                    Files.writeString(dir.resolve(name), file);
                }
                judged.add(Judged.of(name, file, trusted));
            }
        }
        output.show(
                JsonObject.builder()
                        .put(
                                "evidence",
                                new JsonArray(
                                        judged.stream().<Json>map(Judged::json).toList()))
                        .build(),
                judged.isEmpty()
                        ? "no evidence against anybody"
                        : String.join("\n", judged.stream().map(Judged::text).toList()));
        return (judged.stream().allMatch(Judged::isHarmless) ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private TrustPolicy policy() throws IOException {
        Path file = Objects.requireNonNull(policy); // picocli demands it
        try {
            return TrustPolicy.parse(Files.readAllBytes(file));
        } catch (PolicyException e) {
            throw new CommandException(ExitCode.USAGE, file + " is no policy: " + e.getMessage(), e);
        }
    }

    private record Judged(String name, long size, Verdict verdict) {
        static Judged of(String name, String file, TrustPolicy policy) {
            try {
                Evidence evidence = Evidence.parse(file);
                long size = Checkpoint.parse(evidence.one().text()).size();
                return new Judged(name, size, evidence.judge(policy));
            } catch (NoteException e) {
                throw new CommandException(ExitCode.USAGE, name + ": " + e.getMessage(), e);
            }
        }

        boolean isHarmless() {
            return verdict instanceof Verdict.Nothing;
        }

        String text() {
            return name + ": "
                    + switch (verdict) {
                        case Verdict.Liars liars ->
                            String.join(", ", new TreeSet<>(liars.witnesses())) + " lied about size " + size;
                        case Verdict.Fork fork ->
                            "two histories at size " + size + ": " + String.join(", ", new TreeSet<>(fork.one()))
                                    + " against " + String.join(", ", new TreeSet<>(fork.other()));
                        case Verdict.Nothing(String reason) -> "shows nothing: " + reason;
                    };
        }

        JsonObject json() {
            Json.Builder json = JsonObject.builder().put("file", name).put("size", size);
            return switch (verdict) {
                case Verdict.Liars liars ->
                    json.put("verdict", "lied")
                            .put("witnesses", names(liars.witnesses()))
                            .build();
                case Verdict.Fork fork ->
                    json.put("verdict", "fork")
                            .put("one", names(fork.one()))
                            .put("other", names(fork.other()))
                            .build();
                case Verdict.Nothing(String reason) ->
                    json.put("verdict", "nothing").put("reason", reason).build();
            };
        }

        private static JsonArray names(Iterable<String> names) {
            List<Json> sorted = new ArrayList<>();
            TreeSet<String> all = new TreeSet<>();
            names.forEach(all::add);
            all.forEach(name -> sorted.add(new JsonString(name)));
            return new JsonArray(sorted);
        }
    }
}
