package health.salus.node.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.identity.Handle;
import health.salus.node.smart.TestDatabase;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailsTest {
    private static final Handle ANN = Handle.random();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Mails mails = new Mails(TestDatabase.inMemory(), new SecureRandom(), now::get);

    @Test
    void an_address_counts_once_it_is_confirmed_and_then_the_one_before_does_not() {
        mails.enter(ANN, "ann@example.org", Locale.ENGLISH);
        assertThat(mails.confirmed(ANN)).isEmpty();
        String code = mails.addresses().code(ANN);
        assertThat(mails.confirm(code)).isTrue();
        assertThat(mails.confirm(code)).isFalse();

        mails.enter(ANN, "ann@example.net", Locale.GERMAN);
        assertThat(mails.confirmed(ANN)).hasValue("ann@example.org");
        assertThat(mails.confirm(mails.addresses().code(ANN))).isTrue();

        assertThat(mails.confirmed(ANN)).hasValue("ann@example.net");
        assertThat(mails.pending(ANN)).isEmpty();
    }

    @Test
    void a_code_is_of_the_last_address_and_for_a_week() {
        mails.enter(ANN, "ann@example.org", Locale.ENGLISH);
        String first = mails.addresses().code(ANN);
        mails.enter(ANN, "ann@example.net", Locale.ENGLISH);
        assertThat(mails.confirm(first)).isFalse();
        String second = mails.addresses().code(ANN);

        now.updateAndGet(time -> time.plus(Duration.ofDays(7)));

        assertThat(mails.confirm(second)).isFalse();
    }

    @Test
    void only_who_confirmed_an_address_and_did_not_remove_it_is_told() {
        mails.happened(ANN, true);
        mails.enter(ANN, "ann@example.org", Locale.ENGLISH);
        mails.queue().sent(mails.queue().next().orElseThrow());
        mails.happened(ANN, true);
        assertThat(mails.queue().next()).isEmpty();

        mails.confirm(mails.addresses().code(ANN));
        mails.happened(ANN, true);
        assertThat(mails.queue().next()).map(MailQueue.Entry::kind).hasValue(MailKind.EMERGENCY);
        mails.remove(ANN);

        assertThat(mails.queue().next()).isEmpty();
        mails.happened(ANN, false);
        assertThat(mails.queue().next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann@",
                "@example.org",
                "ann@example.org\r\nBcc: bob@example.org",
                "a b@example.org",
                "Ann <ann@example.org>",
                "ann@example.org,bob@example.org",
                "ann@example..org"
            })
    void what_is_no_address_is_refused(String text) {
        assertThatThrownBy(() -> mails.enter(ANN, text, Locale.ENGLISH)).isInstanceOf(Problem.class);
    }
}
