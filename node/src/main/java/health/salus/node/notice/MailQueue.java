package health.salus.node.notice;

import health.salus.contracts.rule.Codes;
import health.salus.identity.Handle;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Mails to be sent, at most one of a kind for each patient: since a mail doesn't say what happened, one tells of all that
 * did. Thread-safe.
 */
final class MailQueue {
    private static final int MOST_ATTEMPTS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** A mail that is due. */
    record Entry(Handle patient, MailKind kind, int attempts) {}

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    MailQueue(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        jdbc.execute("""
                create table if not exists mail (
                  patient varchar(32) not null,
                  kind varchar(20) not null,
                  due timestamp(3) with time zone,
                  attempts int not null,
                  sent timestamp(3) with time zone,
                  primary key (patient, kind))""");
        jdbc.execute("create index if not exists mail_due on mail (due)");
    }

    /** Has a mail sent, unless one of the kind waits; not before the pause after the last one is over. */
    void put(Handle patient, MailKind kind) {
        String code = Codes.code(kind);
        List<Timestamp> sent = jdbc.queryForList(
                "select sent from mail where patient = ? and kind = ? and sent is not null",
                Timestamp.class,
                patient.value(),
                code);
        Instant now = clock.instant();
        Instant due = sent.stream()
                .map(last -> last.toInstant().plus(kind.pause()))
                .filter(now::isBefore)
                .findFirst()
                .orElse(now);
        int waking = jdbc.update(
                "update mail set due = coalesce(due, ?) where patient = ? and kind = ?",
                Timestamp.from(due),
                patient.value(),
                code);
        if (waking == 0) {
            try {
                jdbc.update(
                        "insert into mail (patient, kind, due, attempts) values (?, ?, ?, 0)",
                        patient.value(),
                        code,
                        Timestamp.from(due));
            } catch (DuplicateKeyException meanwhile) { // then one waits
            }
        }
    }

    /** The mail that is due longest. */
    Optional<Entry> next() {
        return jdbc
                .query(
                        "select patient, kind, attempts from mail where due <= ? order by due limit 1",
                        (row, number) -> new Entry(
                                new Handle(row.getString(1)), MailKind.CODES.constant(row.getString(2)), row.getInt(3)),
                        Timestamp.from(clock.instant()))
                .stream()
                .findFirst();
    }

    /** Notes that a mail was sent. */
    void sent(Entry entry) {
        jdbc.update(
                "update mail set due = null, attempts = 0, sent = ? where patient = ? and kind = ?",
                Timestamp.from(clock.instant()),
                entry.patient.value(),
                Codes.code(entry.kind));
    }

    /** Notes that a mail was not sent: tries again later, each time after twice the pause, and gives up in the end. */
    void failed(Entry entry) {
        int attempts = entry.attempts + 1;
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << entry.attempts);
        Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        boolean over = attempts >= MOST_ATTEMPTS;
        jdbc.update(
                "update mail set due = ?, attempts = ? where patient = ? and kind = ?",
                over ? null : Timestamp.from(clock.instant().plus(pause)),
                over ? 0 : attempts,
                entry.patient.value(),
                Codes.code(entry.kind));
    }

    /** Forgets all that waits for a patient. */
    void drop(Handle patient) {
        jdbc.update("update mail set due = null, attempts = 0 where patient = ?", patient.value());
    }
}
