package health.salus.bench;

import health.salus.cli.CommandProvider;
import health.salus.cli.console.ExitCode;
import health.salus.cli.console.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code salus bench} */
@Command(
        name = "bench",
        description = {
            "Measure this machine: each figure beside the limit of the same run.",
            "Everything takes about half an hour, with the network of four nodes and the pages as the longest."
        },
        footer = "  salus bench ledger tlog --json")
final class BenchCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    private final List<Measurement> all = List.of(
            new LedgerBench(),
            new NetworkBench(),
            new JoinBench(() -> this.transactions),
            new TlogBench(),
            new GatewayBench(output),
            new PagesBench(output),
            new StartBench());

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "What to measure; everything where none is named.")
    private Set<String> names = new LinkedHashSet<>();

    @Option(
            names = "--directory",
            description = "Where to put the data; its disk is the one that is measured. Removed afterwards.",
            defaultValue = "${sys:java.io.tmpdir}")
    private Path directory = Path.of(".");

    @Option(
            names = "--transactions",
            paramLabel = "N",
            description = "join: of the ledger that a new node takes (default: ${DEFAULT-VALUE}).",
            defaultValue = "1000000")
    private int transactions;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    /** Makes {@code salus bench} known. */
    public static final class Provider implements CommandProvider {
        @Override
        public List<Object> commands() {
            return List.of(new BenchCommand());
        }
    }

    @Override
    public Integer call() throws Exception {
        List<String> known = all.stream().map(Measurement::name).toList();
        if (!known.containsAll(names)) {
            throw new ParameterException(spec.commandLine(), "unknown measurement (expected: " + known + ")");
        }
        List<Row> rows = new ArrayList<>();
        for (Measurement measurement : all) {
            if (names.isEmpty() || names.contains(measurement.name())) {
                rows.addAll(run(measurement));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(output.json() ? Report.json(rows) : Report.text(rows));
        out.flush();
        return (rows.stream().allMatch(Row::met) ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private List<Row> run(Measurement measurement) throws Exception {
        output.note("measuring " + measurement.name());
        Consumer<String> said = line -> output.note("  " + line);
        Files.createDirectories(directory);
        Path own = Files.createTempDirectory(directory, "salus-bench");
        try {
            return measurement.run(own, said);
        } finally {
            remove(own);
        }
    }

    private static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
