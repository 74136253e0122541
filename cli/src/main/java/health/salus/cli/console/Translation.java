package health.salus.cli.console;

import health.salus.cli.client.GatewayRefusedException;
import health.salus.cli.client.NodeUnavailableException;
import health.salus.identity.KeyStoreFileException;
import health.salus.ledger.LedgerDamagedException;
import health.salus.ledger.state.StateDamagedException;
import health.salus.tlog.CorruptLogException;
import health.salus.tlog.LogLockedException;
import health.salus.tlog.LogStorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What the exceptions of other modules and of the JDK mean for a user. */
final class Translation {
    private Translation() {}

    static CommandException of(Exception failure) {
        return switch (failure) {
            case CommandException known -> known;
            case KeyStoreFileException keys -> new CommandException(exitCode(keys.reason()), message(keys), keys);
            case CorruptLogException log -> new CommandException(ExitCode.DAMAGED, message(log), log);
            case StateDamagedException state -> new CommandException(ExitCode.DAMAGED, message(state), state);
            case LedgerDamagedException ledger -> new CommandException(ExitCode.DAMAGED, message(ledger), ledger);
            case LogLockedException locked -> new CommandException(ExitCode.UNAVAILABLE, message(locked), locked);
            case LogStorageException disk -> new CommandException(ExitCode.UNAVAILABLE, message(disk), disk);
            case NodeUnavailableException node -> new CommandException(ExitCode.UNAVAILABLE, message(node), node);
            case GatewayRefusedException no -> new CommandException(ExitCode.REFUSED, message(no), no);
            case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case NoSuchFileException missing ->
                new CommandException(ExitCode.USAGE, "no such file: " + missing.getFile(), missing);
            case FileAlreadyExistsException there ->
                new CommandException(ExitCode.USAGE, there.getFile() + " exists already; choose another name", there);
            case AccessDeniedException denied ->
                new CommandException(ExitCode.USAGE, "not allowed to use " + denied.getFile(), denied);
            case IOException io ->
                new CommandException(ExitCode.UNAVAILABLE, "reading or writing failed: " + kindAndMessage(io), io);
            default ->
                new CommandException(
                        ExitCode.FAULT,
                        "unexpected " + kindAndMessage(failure)
                                + "; run again with --verbose and report what it prints",
                        failure);
        };
    }

    private static ExitCode exitCode(KeyStoreFileException.Reason reason) {
        return switch (reason) {
            case MISSING, EXISTS, WRONG_PASSWORD -> ExitCode.USAGE;
            case DAMAGED -> ExitCode.DAMAGED;
            case STORAGE -> ExitCode.UNAVAILABLE;
        };
    }

    private static String message(Exception failure) {
        return failure.getMessage() == null ? kindAndMessage(failure) : failure.getMessage();
    }

    private static String kindAndMessage(Exception failure) {
        String kind = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? kind : kind + " (" + failure.getMessage() + ")";
    }
}
