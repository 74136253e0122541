package health.salus.node.notice;

import health.salus.identity.Handle;
import health.salus.node.access.OneTimeCode;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where patients want to be told, once they have confirmed that it is theirs; until then the address before counts.
 * Thread-safe.
 */
final class MailAddresses {
    /**
     * Addresses of a patient.
     *
     * @param confirmed where mails go
     * @param pending where the link to confirm goes
     * @param language of the mails
     */
    record Addresses(Optional<String> confirmed, Optional<String> pending, Locale language) {}

    private final JdbcTemplate jdbc;
    private final SecureRandom random;
    private final InstantSource clock;

    MailAddresses(JdbcTemplate jdbc, SecureRandom random, InstantSource clock) {
        this.jdbc = jdbc;
        this.random = random;
        this.clock = clock;
        jdbc.execute("""
                create table if not exists mail_address (
                  patient varchar(32) primary key,
                  confirmed varchar(254),
                  pending varchar(254),
                  language varchar(8) not null,
                  digest varchar(43) unique,
                  expires timestamp(3) with time zone)""");
    }

    /** Those of a patient, if there are any. */
    Optional<Addresses> of(Handle patient) {
        List<Addresses> found = jdbc.query(
                "select confirmed, pending, language from mail_address where patient = ?",
                (row, number) -> new Addresses(
                        Optional.ofNullable(row.getString(1)),
                        Optional.ofNullable(row.getString(2)),
                        Locale.forLanguageTag(row.getString(3))),
                patient.value());
        return found.stream().findFirst();
    }

    /** Keeps an address that is not confirmed yet; a code that was given before ends. */
    void enter(Handle patient, String address, Locale language) {
        int known = jdbc.update(
                "update mail_address set pending = ?, language = ?, digest = null where patient = ?",
                address,
                language.toLanguageTag(),
                patient.value());
        if (known == 0) {
            jdbc.update(
                    "insert into mail_address (patient, pending, language) values (?, ?, ?)",
                    patient.value(),
                    address,
                    language.toLanguageTag());
        }
    }

    /** A code that confirms the pending address, good for a week and once; the one before ends. */
    String code(Handle patient) {
        String code = OneTimeCode.next(random);
        jdbc.update(
                "update mail_address set digest = ?, expires = ? where patient = ? and pending is not null",
                OneTimeCode.digest(code),
                Timestamp.from(clock.instant().plus(OneTimeCode.LIFE)),
                patient.value());
        return code;
    }

    /** Confirms. @return whether the code was good */
    boolean confirm(String code) {
        return jdbc.update(
                        "update mail_address set confirmed = pending, pending = null, digest = null"
                                + " where digest = ? and expires > ?",
                        OneTimeCode.digest(code),
                        Timestamp.from(clock.instant()))
                == 1;
    }

    /** Forgets a patient's addresses. */
    void remove(Handle patient) {
        jdbc.update("delete from mail_address where patient = ?", patient.value());
    }
}
