package health.salus.cli.client;

import org.jspecify.annotations.Nullable;

/** A node that could not be reached, or did not answer as a node does. Trying again later is safe. */
public final class NodeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: which node, what happened, what to do */
    public NodeUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
