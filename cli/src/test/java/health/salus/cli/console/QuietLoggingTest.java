package health.salus.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class QuietLoggingTest {
    @Test
    void warnings_are_one_line_on_standard_error_and_the_rest_is_silent() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            LoggerContext context = new LoggerContext();
            context.setMDCAdapter(new LogbackMDCAdapter());
            new QuietLogging().configure(context);
            Logger logger = context.getLogger("health.salus");
            logger.info("nobody reads this");
            logger.atWarn()
                    .addKeyValue("size", 3)
                    .setCause(new IllegalStateException("x"))
                    .log("journal not deleted");
            context.stop();
        } finally {
            System.setErr(before);
        }
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo("salus: journal not deleted size=\"3\"");
    }
}
