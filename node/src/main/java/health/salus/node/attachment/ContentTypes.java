package health.salus.node.attachment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;

/** Which media types are stored, and whether content is of the type that it is said to be, by Apache Tika. Thread-safe. */
final class ContentTypes {
    private static final MimeTypes TIKA = MimeTypes.getDefaultMimeTypes();
    private static final MediaTypeRegistry REGISTRY = TIKA.getMediaTypeRegistry();

    private final Set<String> stored;

    /** @param stored media types without parameters, in lower case */
    ContentTypes(Set<String> stored) {
        this.stored = Set.copyOf(stored);
    }

    /** Whether attachments of a media type are stored here. */
    boolean isStored(String mediaType) {
        return parsed(mediaType)
                .filter(type -> stored.contains(type.getBaseType().toString()))
                .isPresent();
    }

    /** Whether content is what its media type says; of text only, that it is some. */
    static boolean isOf(String mediaType, byte[] content) {
        Optional<MediaType> said = parsed(mediaType).map(type -> REGISTRY.normalize(type.getBaseType()));
        MediaType found = detected(content);
        return said.filter(type -> type.equals(found)
                        || REGISTRY.isSpecializationOf(type, found)
                        || (isText(type) && (isPlainText(found) || isInOtherCharset(found, content))))
                .isPresent();
    }

    private static Optional<MediaType> parsed(String mediaType) {
        return Optional.ofNullable(MediaType.parse(mediaType));
    }

    private static MediaType detected(byte[] content) {
        try {
            return REGISTRY.normalize(TIKA.detect(new ByteArrayInputStream(content), new Metadata()));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can't be read", e);
        }
    }

    private static boolean isText(MediaType type) {
        String name = type.getSubtype();
        return type.getType().equals("text")
                || name.equals("json")
                || name.equals("jose")
                || name.endsWith("+json")
                || name.endsWith("+er7");
    }

    /** Text that no program takes for anything else; Tika has many kinds of it, for beginnings that occur by chance. */
    private static boolean isPlainText(MediaType found) {
        return REGISTRY.isInstanceOf(found, MediaType.TEXT_PLAIN)
                && !REGISTRY.isInstanceOf(found, MediaType.TEXT_HTML)
                && !found.getSubtype().contains("script");
    }

    /** Tika takes short texts that aren't UTF-8 for bytes of no kind. */
    private static boolean isInOtherCharset(MediaType found, byte[] content) {
        if (!found.equals(MediaType.OCTET_STREAM)) {
            return false;
        }
        for (byte one : content) {
            if (one >= 0 && one < ' ' && one != '\t' && one != '\n' && one != '\r' && one != '\f') {
                return false;
            }
        }
        return true;
    }
}
