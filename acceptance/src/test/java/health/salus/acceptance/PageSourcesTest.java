package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources of pages never do: write markup that came from elsewhere, keep things in the browser, ask third parties. */
class PageSourcesTest {
    private static final Path PAGES = Path.of("../node/src/main/resources/health/salus/node/pages");

    /** Thymeleaf's ways to leave text unescaped or to build code, and whatever the security policy would block. */
    private static final Pattern UNSAFE_TEMPLATE = Pattern.compile(
            "th:utext|th:inline|\\[\\(|__\\$|th:on|\\son[a-z]+=|\\sstyle=|javascript:|<script(?![^>]*\\ssrc=|[^>]*th:src=)");

    private static final Pattern UNSAFE_MODULE = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
                    + "|createContextualFragment|\\beval\\(|new Function\\(|localStorage|sessionStorage|indexedDB|document\\.cookie");

    private static final Pattern OTHER_HOST =
            Pattern.compile("(?:href|src|action|url\\(|from|fetch\\()[=\\s]*[\"'`]?https?://");

    @Test
    void templates_escape_whatever_they_show() throws IOException {
        assertThat(found(UNSAFE_TEMPLATE, "templates", ".html")).isEmpty();
    }

    @Test
    void modules_write_text_only_and_keep_nothing() throws IOException {
        assertThat(found(UNSAFE_MODULE, "assets", ".js")).isEmpty();
    }

    @Test
    void nothing_comes_from_another_host() throws IOException {
        assertThat(found(OTHER_HOST, "templates", ".html")).isEmpty();
        assertThat(found(OTHER_HOST, "assets", ".js")).isEmpty();
        assertThat(found(OTHER_HOST, "assets", ".css")).isEmpty();
    }

    /** What is found in files of a kind, by file; there has to be such a file. */
    private static Map<Path, List<String>> found(Pattern pattern, String directory, String suffix) throws IOException {
        Map<Path, List<String>> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(PAGES.resolve(directory))) {
            List<Path> files =
                    walk.filter(file -> file.toString().endsWith(suffix)).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                List<String> here = pattern.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .toList();
                if (!here.isEmpty()) {
                    found.put(file, here);
                }
            }
        }
        return found;
    }
}
