package health.salus.bench;

import health.salus.cli.console.Output;
import health.salus.cli.demo.GrantedReads;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Starts a node with an embedded FHIR server, writes and reads through it, and ends: what the virtual machine is to remember
 * in its ahead-of-time cache (JEP 514). Run by the build of the distribution.
 */
@Command(name = "training-run")
final class TrainingRun implements Runnable {
    private static final int READS = 200;

    @Parameters(paramLabel = "DIR", description = "New or empty directory for the node's data.")
    private Path directory = Path.of(".");

    @Mixin
    private Output output = new Output();

    /** @param arguments the directory */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TrainingRun()).execute(arguments));
    }

    @Override
    public void run() {
        try (GrantedReads granted = GrantedReads.prepare(directory, output);
                KeepAliveConnection reader = new KeepAliveConnection(granted.fhirBase(), granted.token())) {
            for (int i = 0; i < READS; i++) {
                reader.read(granted.paths().get(i % granted.paths().size()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
