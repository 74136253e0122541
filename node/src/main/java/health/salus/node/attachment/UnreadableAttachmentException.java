package health.salus.node.attachment;

/** A body whose attachments can't be found or read. */
final class UnreadableAttachmentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message safe to show to anyone */
    UnreadableAttachmentException(String message) {
        super(message, null, false, false);
    }
}
