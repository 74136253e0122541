package health.salus.node.web;

import java.io.IOException;

/** A request that cannot have arrived: sending it again repeats nothing. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
