package health.salus.node.attachment;

import health.salus.node.attachment.AttachmentVerdict.Accepted;
import health.salus.node.attachment.AttachmentVerdict.NotScanned;
import health.salus.node.attachment.AttachmentVerdict.Reason;
import health.salus.node.attachment.AttachmentVerdict.Refused;
import health.salus.node.config.NodeSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges what is about to be stored by the attachments in it. Thread-safe. */
public final class Attachments {
    private static final Logger LOGGER = LoggerFactory.getLogger(Attachments.class);

    private final ContentTypes types;
    private final Optional<Clamd> scanner;

    private Attachments(ContentTypes types, Optional<Clamd> scanner) {
        this.types = types;
        this.scanner = scanner;
    }

    /** As the node's configuration says. */
    public static Attachments of(NodeSettings.Attachments settings) {
        return new Attachments(
                new ContentTypes(settings.types()),
                Optional.ofNullable(settings.scanner()).map(address -> new Clamd(address.host(), address.port())));
    }

    /**
     * Whether resources, or a bundle of them, may be stored.
     *
     * @param contentType of the body: FHIR's JSON or XML
     */
    public AttachmentVerdict ofResources(String contentType, byte[] body) {
        try {
            return of(contentType.contains("xml") ? XmlAttachments.of(body) : JsonAttachments.of(body));
        } catch (UnreadableAttachmentException e) {
            return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Whether a patch may be made.
     *
     * @param contentType of the body
     */
    public AttachmentVerdict ofPatch(String contentType, byte[] body) {
        try {
            if (contentType.contains("xml")) {
                throw new UnreadableAttachmentException("a patch in XML, where attachments can't be seen; send JSON");
            }
            JsonAttachments.requireUntouched(body);
            return new Accepted();
        } catch (UnreadableAttachmentException e) {
            return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
        }
    }

    private AttachmentVerdict of(List<Attachment> attachments) {
        for (Attachment attachment : attachments) {
            String type = attachment.mediaType().orElse("");
            if (attachment.mediaType().isPresent() && !types.isStored(type)) {
                return new Refused(Reason.TYPE, "attachments of this media type are not stored here");
            }
            if (attachment.mediaType().isPresent() && !ContentTypes.isOf(type, attachment.content())) {
                return new Refused(Reason.CONTENT, "the content of an attachment is not what its media type says");
            }
        }
        return scanner.map(clamd -> scanned(clamd, attachments)).orElseGet(Accepted::new);
    }

    private static AttachmentVerdict scanned(Clamd clamd, List<Attachment> attachments) {
        try {
            for (Attachment attachment : attachments) {
                if (clamd.findsMalware(attachment.content())) {
                    LOGGER.atWarn().log("malware in an attachment, which is not stored");
                    return new Refused(Reason.MALWARE, "the malware scanner has found something in an attachment");
                }
            }
            return new Accepted();
        } catch (IOException e) {
            LOGGER.atError()
                    .addKeyValue("error", e.getMessage())
                    .log("attachments can't be scanned, so none is stored");
            return new NotScanned();
        }
    }
}
