package health.salus.node.attachment;

/** Whether a body may be stored, for the attachments in it. */
public sealed interface AttachmentVerdict {
    /** Nothing is wrong with any attachment, or there is none. */
    record Accepted() implements AttachmentVerdict {}

    /**
     * An attachment may not be stored.
     *
     * @param why safe to show to anyone
     */
    record Refused(Reason reason, String why) implements AttachmentVerdict {}

    /** Whether there is malware in it can't be said now. */
    record NotScanned() implements AttachmentVerdict {}

    /** Why an attachment may not be stored. */
    enum Reason {
        /** Its media type is none that is stored here. */
        TYPE,
        /** It can't be read, or is not what its media type says. */
        CONTENT,
        /** The scanner found something. */
        MALWARE
    }
}
