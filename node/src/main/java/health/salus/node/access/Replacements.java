package health.salus.node.access;

import health.salus.contracts.access.NewKey;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Passkeys that patients who lost theirs make with a code from a guardian, for that guardian to propose. Until the ledger has
 * one in force it opens nothing. Thread-safe.
 */
public final class Replacements {
    private final JdbcTemplate jdbc;
    private final SecureRandom random;
    private final InstantSource clock;

    /** @param jdbc the organization's own database */
    public Replacements(JdbcTemplate jdbc, SecureRandom random, InstantSource clock) {
        this.jdbc = jdbc;
        this.random = random;
        this.clock = clock;
        jdbc.execute("""
                create table if not exists replacement (
                  guardian varchar(43) primary key,
                  patient varchar(32) not null,
                  digest varchar(43) unique,
                  expires timestamp(3) with time zone not null,
                  public_key varchar(86),
                  origin varchar(300))""");
    }

    /**
     * A code for the patient, good for a week and once; what this guardian gave away before ends.
     *
     * @param guardian id of the guardian's key
     */
    public String offer(Sha256 guardian, Handle patient) {
        String code = OneTimeCode.next(random);
        jdbc.update("delete from replacement where guardian = ? or expires <= ?", guardian.base64Url(), now());
        jdbc.update(
                "insert into replacement (guardian, patient, digest, expires) values (?, ?, ?, ?)",
                guardian.base64Url(),
                patient.value(),
                OneTimeCode.digest(code),
                Timestamp.from(clock.instant().plus(OneTimeCode.LIFE)));
        return code;
    }

    /** The patient whom a guardian gave {@code code}; empty where it is none, was used, or has ended. */
    public Optional<Handle> patient(String code) {
        return jdbc
                .queryForList(
                        "select patient from replacement where digest = ? and expires > ?",
                        String.class,
                        OneTimeCode.digest(code),
                        now())
                .stream()
                .findFirst()
                .map(Handle::new);
    }

    /** Keeps the passkey that the patient made, and ends the code. @return whether it was still good */
    public boolean accept(String code, NewKey key) {
        return jdbc.update(
                        "update replacement set public_key = ?, origin = ?, digest = null"
                                + " where digest = ? and expires > ?",
                        key.key().base64Url(),
                        key.origin().orElseThrow(),
                        OneTimeCode.digest(code),
                        now())
                == 1;
    }

    /** What was made with this guardian's code; empty while nothing was, or a week after the code was given. */
    public Optional<NewKey> made(Sha256 guardian) {
        return jdbc
                .query(
                        "select public_key, origin from replacement where guardian = ? and expires > ?",
                        (row, number) -> MadeKey.read(row, 1),
                        guardian.base64Url(),
                        now())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
