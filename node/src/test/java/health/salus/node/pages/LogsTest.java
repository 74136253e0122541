package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.salus.node.access.PortalOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

class LogsTest {
    private static final String FORGED = "two\r\n{\"message\":\"forged\"}";

    @Test
    void nothing_that_is_logged_ends_its_line() throws IOException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putObject(Environment.class.getName(), new StandardEnvironment());
        StructuredLogEncoder encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format());
        encoder.start();
        LoggingEvent event =
                new LoggingEvent("test", context.getLogger("health.salus"), Level.WARN, FORGED, null, null);
        event.setKeyValuePairs(List.of(new KeyValuePair("value", FORGED)));

        String printed = new String(encoder.encode(event), StandardCharsets.UTF_8);

        assertThat(printed.lines()).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(printed);
        assertThat(line.path("message").asText()).isEqualTo(FORGED);
        assertThat(line.path("value").asText()).isEqualTo(FORGED);
        assertThat(line.path("@timestamp").asText()).isNotEmpty();
    }

    @Test
    void what_is_logged_goes_to_standard_output_and_nowhere_else() throws IOException {
        assertThat(defaults().getPropertyNames())
                .contains("logging.structured.format.console")
                .noneMatch(name -> name.startsWith("logging.file") || name.equals("logging.config"));
        assertThat(List.of("logback.xml", "logback-spring.xml", "logback.groovy"))
                .noneMatch(file -> new ClassPathResource(file).exists());
    }

    private static String format() throws IOException {
        return String.valueOf(defaults().getProperty("logging.structured.format.console"));
    }

    private static EnumerablePropertySource<?> defaults() throws IOException {
        return (EnumerablePropertySource<?>) new YamlPropertySourceLoader()
                .load("defaults", new ClassPathResource("health/salus/node/defaults.yaml"))
                .getFirst();
    }

    @Test
    void what_is_not_expected_is_logged_without_what_it_says() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(PageProblems.class);
        logger.addAppender(log);
        try {
            PageProblems problems = new PageProblems(
                    (name, language) -> null, new Languages(new PortalOrigin("https://hospital.example")));

            assertThat(problems.any(new IllegalStateException("Jane Doe")).getStatus())
                    .hasToString("500 INTERNAL_SERVER_ERROR");
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage() + event.getKeyValuePairs())
                        .contains("IllegalStateException")
                        .doesNotContain("Jane"));
    }
}
