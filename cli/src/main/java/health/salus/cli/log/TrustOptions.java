package health.salus.cli.log;

import health.salus.cli.console.CommandException;
import health.salus.cli.console.ExitCode;
import health.salus.tlog.note.SignatureVerifier;
import health.salus.tlog.proof.PolicyException;
import health.salus.tlog.proof.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Mix-in of commands that check proofs offline: whose signatures are believed. */
public final class TrustOptions {
    @ArgGroup(multiplicity = "1")
    private @Nullable Anchor anchor;

    /** One of the two. */
    static final class Anchor {
        @Option(
                names = "--log-key",
                required = true,
                paramLabel = "KEY|FILE",
                description = "Verification key of the log, name+id+key, or a file whose first line it is.")
        private @Nullable String key;

        @Option(
                names = "--policy",
                required = true,
                paramLabel = "FILE",
                description = "Policy of logs and witnesses that are believed (c2sp.org/tlog-policy).")
        private @Nullable Path policy;
    }

    /** The log's key; empty where a policy was given instead. @throws CommandException if it is malformed */
    public Optional<SignatureVerifier> logKey() throws IOException {
        Anchor given = Objects.requireNonNull(anchor); // picocli demands one
        return given.key == null ? Optional.empty() : Optional.of(LogKey.read(given.key));
    }

    /** The policy. @throws CommandException if key or file are malformed */
    public TrustPolicy policy() throws IOException {
        Anchor given = Objects.requireNonNull(anchor); // picocli demands one
        if (given.key != null) {
            return TrustPolicy.of(LogKey.read(given.key));
        }
        Path file = Objects.requireNonNull(given.policy);
        try {
            return TrustPolicy.parse(Files.readAllBytes(file));
        } catch (PolicyException e) {
            throw new CommandException(ExitCode.USAGE, file + " is no policy: " + e.getMessage(), e);
        }
    }
}
