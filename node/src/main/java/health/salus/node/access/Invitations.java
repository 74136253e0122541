package health.salus.node.access;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Codes with which patients come to register a passkey: 128 random bits each, good once and for {@link #LIFE}. Only their
 * digests are kept, so that who reads the database can't use one. Thread-safe.
 */
public final class Invitations {
    /** How long a code is good. */
    public static final Duration LIFE = OneTimeCode.LIFE;

    private final JdbcTemplate jdbc;
    private final SecureRandom random;
    private final InstantSource clock;

    /** @param jdbc the organization's own database */
    public Invitations(JdbcTemplate jdbc, SecureRandom random, InstantSource clock) {
        this.jdbc = jdbc;
        this.random = random;
        this.clock = clock;
        jdbc.execute("""
                create table if not exists invitation (
                  digest varchar(43) primary key,
                  patient varchar(64) not null,
                  expires timestamp(3) with time zone not null)""");
    }

    /** A code, and when it ends. */
    record Invitation(String code, Instant expires) {}

    /** Invites the Patient with this id; an earlier invitation of the same one ends. */
    Invitation invite(String patient) {
        Invitation invitation =
                new Invitation(OneTimeCode.next(random), clock.instant().plus(LIFE));
        jdbc.update("delete from invitation where patient = ? or expires <= ?", patient, now());
        jdbc.update(
                "insert into invitation (digest, patient, expires) values (?, ?, ?)",
                OneTimeCode.digest(invitation.code),
                patient,
                Timestamp.from(invitation.expires));
        return invitation;
    }

    /** Id of the Patient whom {@code code} invites; empty where it is none, was used, or has ended. */
    public Optional<String> patient(String code) {
        List<String> found = jdbc.queryForList(
                "select patient from invitation where digest = ? and expires > ?",
                String.class,
                OneTimeCode.digest(code),
                now());
        return found.stream().findFirst();
    }

    /** Ends a code. @return whether it was still good, which is so for one caller at most */
    public boolean use(String code) {
        return jdbc.update("delete from invitation where digest = ? and expires > ?", OneTimeCode.digest(code), now())
                == 1;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
