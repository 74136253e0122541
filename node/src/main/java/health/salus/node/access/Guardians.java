package health.salus.node.access;

import health.salus.contracts.access.NewKey;
import health.salus.contracts.access.Recovery;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whom patients invited to guard their keys, and the passkeys that those made for it. Who guards what, the ledger says; here is
 * how the patient calls them, which the ledger must not know. Thread-safe.
 */
public final class Guardians {
    /** Longest name, in characters. */
    public static final int LONGEST_NAME = 60;

    /**
     * One of them.
     *
     * @param id random; the user handle of the passkey
     * @param name what the patient calls them
     * @param key empty until they made a passkey
     */
    public record Guardian(Handle id, Handle patient, String name, Optional<NewKey> key) {
        /** Id of the key. */
        public Optional<Sha256> kid() {
            return key.map(made -> made.key().thumbprint());
        }
    }

    private static final String SELECT = "select id, patient, name, public_key, origin from guardian where ";

    private final JdbcTemplate jdbc;
    private final SecureRandom random;
    private final InstantSource clock;

    /** @param jdbc the organization's own database */
    public Guardians(JdbcTemplate jdbc, SecureRandom random, InstantSource clock) {
        this.jdbc = jdbc;
        this.random = random;
        this.clock = clock;
        jdbc.execute("""
                create table if not exists guardian (
                  id varchar(32) primary key,
                  patient varchar(32) not null,
                  name varchar(60) not null,
                  digest varchar(43) unique,
                  expires timestamp(3) with time zone,
                  public_key varchar(86),
                  origin varchar(300))""");
        jdbc.execute("create index if not exists guardian_patient on guardian (patient)");
    }

    /**
     * Invites somebody, for a week.
     *
     * @param name what the patient calls them, 1 to {@value #LONGEST_NAME} characters
     * @return the code, which whoever has it makes a guardian's passkey with
     * @throws Problem where the patient has as many as can be named
     */
    public String invite(Handle patient, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw Problem.of(400, "invalid-argument", "name (expected: 1 to " + LONGEST_NAME + " characters)");
        }
        jdbc.update("delete from guardian where patient = ? and expires <= ?", patient.value(), now());
        if (of(patient).size() >= Recovery.MOST_GUARDIANS) {
            throw Problem.of(409, "too-many-guardians", "at most " + Recovery.MOST_GUARDIANS + "; remove one first");
        }
        String code = OneTimeCode.next(random);
        jdbc.update(
                "insert into guardian (id, patient, name, digest, expires) values (?, ?, ?, ?, ?)",
                Handle.random().value(),
                patient.value(),
                name,
                OneTimeCode.digest(code),
                Timestamp.from(clock.instant().plus(OneTimeCode.LIFE)));
        return code;
    }

    /** Whom {@code code} invites; empty where it is none, was used, or has ended. */
    public Optional<Guardian> invited(String code) {
        return one("digest = ? and expires > ?", OneTimeCode.digest(code), now());
    }

    /** Keeps the passkey that the invited one made, and ends the code. @return whether it was still good */
    public boolean accept(String code, NewKey key) {
        return jdbc.update(
                        "update guardian set public_key = ?, origin = ?, digest = null, expires = null"
                                + " where digest = ? and expires > ?",
                        key.key().base64Url(),
                        key.origin().orElseThrow(),
                        OneTimeCode.digest(code),
                        now())
                == 1;
    }

    /** Those of a patient, by name; of invitations those that are still good. */
    public List<Guardian> of(Handle patient) {
        return jdbc.query(
                SELECT + "patient = ? and (expires is null or expires > ?) order by name, id",
                (row, number) -> read(row),
                patient.value(),
                now());
    }

    /** The one with this id. */
    public Optional<Guardian> find(Handle id) {
        return one("id = ?", id.value());
    }

    /** Forgets one, and ends the invitation. */
    public void remove(Handle patient, Handle id) {
        jdbc.update("delete from guardian where patient = ? and id = ?", patient.value(), id.value());
    }

    private Optional<Guardian> one(String condition, Object... values) {
        return jdbc.query(SELECT + condition, (row, number) -> read(row), values).stream()
                .findFirst();
    }

    private static Guardian read(ResultSet row) throws SQLException {
        return new Guardian(
                new Handle(row.getString(1)), new Handle(row.getString(2)), row.getString(3), MadeKey.read(row, 4));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}
