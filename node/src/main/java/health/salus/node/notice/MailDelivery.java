package health.salus.node.notice;

import health.salus.node.access.Custodian;
import health.salus.node.access.PortalOrigin;
import health.salus.node.config.NodeSettings;
import health.salus.node.config.OrganizationSettings;
import health.salus.node.notice.MailAddresses.Addresses;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.MessageSource;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSender;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.stereotype.Component;

/**
 * Sends what waits, one mail after the other. There is one where the node knows a mail server. A mail says that something
 * happened and where to sign in; neither to whom it happened nor what, since mail is read on the way. Nothing of it is logged
 * but counts. Thread-safe.
 */
@Component
@ConditionalOnProperty("spring.mail.host")
public final class MailDelivery implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailDelivery.class);
    private static final long PAUSE_MILLIS = 1_000; // so at most 86,400 mails of an organization a day

    private final MailSender sender;
    private final MessageSource messages;
    private final PortalOrigin origin;
    private final String from;
    private final List<Custodian> custodians;
    private final MeterRegistry meters;
    private final Thread thread;

    MailDelivery(
            MailSender sender,
            MessageSource messages,
            PortalOrigin origin,
            NodeSettings settings,
            Custodian.Directory custodians,
            MeterRegistry meters) {
        this.sender = sender;
        this.messages = messages;
        this.origin = origin;
        this.from = settings.mail()
                .from()
                .orElseThrow(() -> new IllegalArgumentException(
                        "salus.mail.from (expected, since spring.mail.host is set: the address that mails come from)"));
        this.custodians = settings.organizations().stream()
                .map(OrganizationSettings::id)
                .flatMap(id -> custodians.find(id).stream())
                .toList();
        this.meters = meters;
        this.thread = Thread.ofVirtual().name("mail-delivery").start(this::deliver);
    }

    private void deliver() {
        try {
            while (true) {
                custodians.forEach(this::deliverOne);
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliverOne(Custodian custodian) {
        try {
            custodian.mails().queue().next().ifPresent(entry -> deliver(custodian, entry));
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("error", e.getClass().getName()).log("mails can't be looked up");
        }
    }

    private void deliver(Custodian custodian, MailQueue.Entry entry) {
        MailQueue queue = custodian.mails().queue();
        try {
            mail(custodian, entry).ifPresent(mail -> {
                sender.send(mail);
                count("sent");
            });
            queue.sent(entry);
        } catch (MailException e) {
            queue.failed(entry);
            count("failed");
            LOGGER.atWarn()
                    .addKeyValue("error", e.getClass().getName())
                    .addKeyValue("attempts", entry.attempts() + 1)
                    .log("mail not sent");
        }
    }

    private void count(String outcome) {
        meters.counter("mails", "outcome", outcome).increment();
    }

    /** The mail; empty where the patient doesn't want one any more. */
    private Optional<SimpleMailMessage> mail(Custodian custodian, MailQueue.Entry entry) {
        MailAddresses addresses = custodian.mails().addresses();
        Optional<Addresses> known = addresses.of(entry.patient());
        Locale language = known.map(Addresses::language).orElse(Locale.ENGLISH);
        String portal = origin.value() + "/" + custodian.organization() + "/portal";
        return switch (entry.kind()) {
            case CONFIRMATION ->
                known.flatMap(Addresses::pending)
                        .map(to -> mail(
                                to,
                                language,
                                "confirm",
                                portal + "/email/confirmation#" + addresses.code(entry.patient())));
            case HAPPENED -> known.flatMap(Addresses::confirmed).map(to -> mail(to, language, "happened", portal));
            case EMERGENCY -> known.flatMap(Addresses::confirmed).map(to -> mail(to, language, "emergency", portal));
        };
    }

    private SimpleMailMessage mail(String to, Locale language, String kind, String link) {
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom(from);
        mail.setTo(to);
        mail.setSubject(messages.getMessage("mail." + kind + ".subject", new Object[0], language));
        mail.setText(messages.getMessage("mail." + kind + ".text", new Object[] {link}, language));
        return mail;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
