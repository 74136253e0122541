package health.salus.node.pages;

import health.salus.foundation.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.AbstractLinkBuilder;

/**
 * Has templates' links to {@code /portal/assets/…} lead below a digest of all assets, so that browsers keep them for good and
 * fetch none again before one changes. Modules name each other by relative paths and stay below it. Thread-safe.
 */
@Component
final class Assets extends AbstractLinkBuilder {
    static final String PATH = "/portal/assets/";
    static final String LOCATION = "classpath:/health/salus/node/pages/assets/";
    private static final int DIGEST_CHARS = 22;

    private final String versioned;

    Assets() {
        this.versioned = PATH + digest().substring(0, DIGEST_CHARS) + "/";
        setOrder(0); // before the standard one
    }

    /** The path that stays with its content. */
    String versioned() {
        return versioned;
    }

    /** The link; null where it isn't to an asset. */
    @Override
    public @Nullable String buildLink(IExpressionContext context, String base, Map<String, Object> parameters) {
        return base.startsWith(PATH) ? versioned + base.substring(PATH.length()) : null;
    }

    private static String digest() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources(LOCATION + "**/*.*");
            Arrays.sort(files, Comparator.comparing(Assets::address));
            ByteArrayOutputStream digests = new ByteArrayOutputStream();
            for (Resource file : files) {
                digests.write(Sha256.of(file.getContentAsByteArray()).bytes());
            }
            return Sha256.of(digests.toByteArray()).base64Url();
        } catch (IOException e) {
            throw new UncheckedIOException("assets that can't be read", e);
        }
    }

    private static String address(Resource file) {
        try {
            return file.getURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException("asset without an address", e);
        }
    }
}
