package health.salus.acceptance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What {@code ./salus} did, run as a user runs it.
 *
 * @param output what it printed on standard output
 * @param errors what it printed on standard error
 */
record SalusProcess(int exitCode, String output, String errors) {
    private static final Path HOME = Path.of("").toAbsolutePath().resolve("..").normalize();

    /** Root of the checkout. */
    static Path home() {
        return HOME;
    }

    /**
     * Runs a command to its end.
     *
     * @param directory for what it prints
     */
    static SalusProcess run(Path directory, Duration patience, String... arguments)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder().directory(HOME.toFile()), directory, patience, arguments);
    }

    /**
     * Runs a command to its end.
     *
     * @param builder says where, and what else there is to say
     * @param directory for what it prints
     */
    static SalusProcess run(ProcessBuilder builder, Path directory, Duration patience, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("salus").toString()));
        command.addAll(List.of(arguments));
        File output = directory.resolve("salus.out").toFile();
        File errors = directory.resolve("salus.err").toFile();
        Process process = builder.command(command)
                .redirectOutput(output)
                .redirectError(errors)
                .start();
        boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroy();
            process.waitFor();
        }
        return new SalusProcess(
                ended ? process.exitValue() : -1, Files.readString(output.toPath()), Files.readString(errors.toPath()));
    }
}
