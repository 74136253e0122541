package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;

class MessagesTest {
    private static final String DIRECTORY = "health/salus/node/pages/";

    private static List<String> bundles() {
        return List.of(
                "messages", "explorer", "custodian", "guardians", "erasure", "sessions", "notices", "staff", "records");
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void every_language_has_the_same_messages_with_the_same_places(String bundle) throws IOException {
        Properties english = load(bundle + ".properties");
        Properties other = load(bundle + "_de.properties");

        assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(places(other.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
            assertThat(other.getProperty(key)).as(key).isNotBlank().doesNotContain("'");
        }
    }

    /** The format takes ' for a quotation mark; our texts have ’. */
    @ParameterizedTest
    @MethodSource("bundles")
    void no_message_has_an_apostrophe_that_the_format_swallows(String bundle) throws IOException {
        load(bundle + ".properties")
                .forEach((key, text) ->
                        assertThat((String) text).as((String) key).doesNotContain("'"));
    }

    private static Set<String> places(String text) {
        return Pattern.compile("\\{\\d+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                assertThat(containsKey(key)).as("%s twice in %s", key, name).isFalse();
                return super.put(key, value);
            }
        };
        try (Reader reader = new InputStreamReader(
                new ClassPathResource(DIRECTORY + name).getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
