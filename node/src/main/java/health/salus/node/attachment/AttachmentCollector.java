package health.salus.node.attachment;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds attachments among the elements of resources. Of FHIR R4's types, three besides Binary have an element {@code data}:
 * Attachment, Signature, which always says {@code when} and {@code who}, and SampledData, which holds numbers.
 */
final class AttachmentCollector {
    private static final Pattern SAMPLES = Pattern.compile("(?:(?:-?[0-9]+\\.?[0-9]*|[EUL])\\s*)*");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final List<Attachment> found = new ArrayList<>();

    /**
     * Takes an element that has {@code data}.
     *
     * @param signature whether it has what only a Signature has
     * @throws UnreadableAttachmentException if it is of none of the types above
     */
    void take(String data, @Nullable String contentType, boolean signature) {
        if (contentType == null && SAMPLES.matcher(data).matches()) {
            return;
        }
        if (contentType == null && !signature) {
            throw new UnreadableAttachmentException("an attachment that does not say its media type (contentType)");
        }
        byte[] content = decoded(data);
        if (content.length > 0) {
            found.add(new Attachment(Optional.ofNullable(contentType), content));
        }
    }

    /** As RFC 4648 §4 says, spaces aside: what readers make of other characters differs. */
    static byte[] decoded(String data) {
        try {
            return Base64.getDecoder().decode(SPACE.matcher(data).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new UnreadableAttachmentException("an attachment whose data is not Base64");
        }
    }

    List<Attachment> found() {
        return found;
    }
}
