package health.salus.node.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProblemAdviceTest {
    @Test
    void what_is_not_expected_is_logged_and_told_without_what_it_says() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(ProblemAdvice.class);
        logger.addAppender(log);
        MockHttpServletResponse response = new MockHttpServletResponse();
        try {
            new ProblemAdvice().any(new IllegalStateException("Jane Doe"), new MockHttpServletRequest(), response);
        } finally {
            logger.detachAppender(log);
        }

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getContentAsString()).contains("internal").doesNotContain("Jane");
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage() + event.getKeyValuePairs())
                        .contains("IllegalStateException")
                        .doesNotContain("Jane"));
    }
}
