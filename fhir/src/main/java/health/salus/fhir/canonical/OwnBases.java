package health.salus.fhir.canonical;

import java.util.List;

/**
 * The base URLs under which one server is known. A reference that begins with one of them says the same as the relative
 * reference, so canonical forms write the latter: a server behind a gateway, or moved, keeps its hashes.
 *
 * @param urls without a trailing slash
 */
public record OwnBases(List<String> urls) {
    /** No server of one's own: references stay as they are. */
    public static final OwnBases NONE = new OwnBases(List.of());

    public OwnBases {
        urls = urls.stream()
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .toList();
    }

    /** The bases {@code urls}. */
    public static OwnBases of(String... urls) {
        return new OwnBases(List.of(urls));
    }

    /** {@code reference} without the own base, or as it is; a version in it stays. */
    public String relative(String reference) {
        for (String url : urls) {
            if (reference.length() > url.length() + 1
                    && reference.startsWith(url)
                    && reference.charAt(url.length()) == '/') {
                return reference.substring(url.length() + 1);
            }
        }
        return reference;
    }
}
