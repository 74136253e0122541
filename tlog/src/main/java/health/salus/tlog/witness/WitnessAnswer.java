package health.salus.tlog.witness;

import health.salus.tlog.note.NoteSignature;

/** What a witness answers to a checkpoint. */
public sealed interface WitnessAnswer {
    /** The checkpoint is remembered, durably, and this is the cosignature of it. */
    record Cosigned(NoteSignature cosignature) implements WitnessAnswer {}

    /** The submitter presumed another last size than {@code size}, the one that the witness cosigned. */
    record Conflict(long size) implements WitnessAnswer {}

    /** The checkpoint does not extend the last one, or nothing shows that it does. */
    record Inconsistent(String reason) implements WitnessAnswer {}

    /** The request has another form, or presumes a size beyond the checkpoint's. */
    record Malformed(String reason) implements WitnessAnswer {}

    /** No key is trusted for the origin. */
    record UnknownLog() implements WitnessAnswer {}

    /** No trusted key signed the checkpoint, or a signature of one fails. */
    record Untrusted(String reason) implements WitnessAnswer {}

    /** The HTTP status of the answer. */
    default int status() {
        return switch (this) {
            case Cosigned cosigned -> 200;
            case Malformed malformed -> 400;
            case Untrusted untrusted -> 403;
            case UnknownLog unknown -> 404;
            case Conflict conflict -> 409;
            case Inconsistent inconsistent -> 422;
        };
    }

    /** The body of the HTTP answer: the signature line, the size (media type {@code text/x.tlog.size}), or a reason. */
    default String body() {
        return switch (this) {
            case Cosigned(NoteSignature cosignature) -> cosignature.line() + "\n";
            case Conflict(long size) -> size + "\n";
            case Inconsistent(String reason) -> reason + "\n";
            case Malformed(String reason) -> reason + "\n";
            case Untrusted(String reason) -> reason + "\n";
            case UnknownLog unknown -> "unknown log\n";
        };
    }
}
