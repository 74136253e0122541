package health.salus.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/asvs.md} against the standard's list of requirements and against the source tree. */
class AsvsTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Path DOCUMENT = CHECKOUT.resolve("docs/asvs.md");
    private static final String IDS = "asvs-5.0.0-levels-1-2.txt";
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

    private List<AsvsLine> lines;

    @BeforeEach
    void read() throws IOException {
        lines = AsvsLine.of(DOCUMENT);
    }

    @Test
    void every_requirement_of_levels_1_and_2_is_there_once() throws IOException {
        assertThat(lines.stream().flatMap(line -> line.ids().stream()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(requirements());
    }

    @Test
    void every_state_is_known_and_says_what_is_missing_or_why_it_does_not_apply() {
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.state())
                        .as("%s", line.ids())
                        .matches("holds|(partly|open|not applicable): .+"));
    }

    @Test
    void what_holds_has_a_test() {
        assertThat(lines)
                .filteredOn(line -> line.state().equals("holds"))
                .allSatisfy(
                        line -> assertThat(line.tests()).as("%s", line.ids()).isNotEmpty());
    }

    @Test
    void every_class_and_every_test_is_in_the_source_tree() throws IOException {
        Set<String> classes = sources("main");
        Set<String> tests = sources("test");
        assertThat(lines.stream().flatMap(line -> line.classes().stream()))
                .filteredOn(name -> !classes.contains(name))
                .isEmpty();
        assertThat(lines.stream().flatMap(line -> line.tests().stream()))
                .filteredOn(name -> !name.matches(".*(Test|IT)") || !tests.contains(name))
                .isEmpty();
    }

    @Test
    void every_link_leads_to_a_file_and_its_heading() throws IOException {
        assertThat(LINK.matcher(Files.readString(DOCUMENT)).results())
                .isNotEmpty()
                .allSatisfy(link -> {
                    Path target = link.group(1).isEmpty() ? DOCUMENT : DOCUMENT.resolveSibling(link.group(1));
                    assertThat(target).exists();
                    if (link.group(2) != null) {
                        assertThat(anchors(target)).as("%s", target).contains(link.group(2));
                    }
                });
    }

    private static List<String> requirements() throws IOException {
        try (InputStream ids = Objects.requireNonNull(AsvsTest.class.getResourceAsStream(IDS), IDS)) {
            return new String(ids.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }

    /** Simple names of all classes of all modules, by their files. */
    private static Set<String> sources(String part) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> modules = Files.list(CHECKOUT)) {
            for (Path module : modules.toList()) {
                Path root = module.resolve("src").resolve(part).resolve("java");
                if (Files.isDirectory(root)) {
                    try (Stream<Path> files = Files.walk(root)) {
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> name.endsWith(".java"))
                                .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
                    }
                }
            }
        }
        return names;
    }

    /** What links name headings by: lower case, hyphens for spaces, no punctuation. */
    private static Set<String> anchors(Path document) throws IOException {
        return Files.readString(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
