package health.salus.node.requester;

import health.salus.contracts.access.JustificationCommitment;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Records that an organization opened in an emergency, and why. The ledger has a salted commitment to the justification; its text
 * goes to the custodian. Both are kept before they are signed; what was signed, the ledger says. Thread-safe.
 */
public final class OwnEmergencies {
    private static final int SALT_BYTES = 32;

    /**
     * A justification as its author wrote it.
     *
     * @param salt 32 random bytes, which make its commitment unguessable
     */
    public record Justification(Sha256 salt, String text) {
        /** What goes on the ledger. */
        public JustificationCommitment commitment() {
            return JustificationCommitment.of(salt.bytes(), text);
        }

        /** Only its length: texts name people. */
        @Override
        public String toString() {
            return "Justification of " + text.length() + " characters";
        }
    }

    /** The justification of an emergency access. */
    record Justified(Handle emergency, Justification justification) {}

    private final JdbcTemplate jdbc;
    private final SecureRandom random;

    OwnEmergencies(JdbcTemplate jdbc, SecureRandom random) {
        this.jdbc = jdbc;
        this.random = random;
        jdbc.execute("""
                create table if not exists own_emergency (
                  id varchar(32) primary key,
                  drafted timestamp(3) with time zone not null,
                  signed boolean not null)""");
        jdbc.execute("""
                create table if not exists justification (
                  emergency varchar(32) not null,
                  commitment varchar(43) not null,
                  salt varbinary(32) not null,
                  text varchar(4000) not null,
                  deposited boolean not null,
                  primary key (emergency, commitment))""");
    }

    /** Keeps a new one. Durable on return. */
    public void draft(Handle emergency, Instant now) {
        jdbc.update(
                "insert into own_emergency (id, drafted, signed) values (?, ?, false)",
                emergency.value(),
                Timestamp.from(now));
    }

    /** The newest ones first, be they signed or not. */
    public List<Handle> newest(int most) {
        return jdbc
                .queryForList("select id from own_emergency order by drafted desc, id limit ?", String.class, most)
                .stream()
                .map(Handle::new)
                .toList();
    }

    /** Forgets those drafted before {@code time} that were never signed. */
    void forgetUnsigned(Instant time, Predicate<Handle> signed) {
        for (String id : jdbc.queryForList(
                "select id from own_emergency where not signed and drafted < ?", String.class, Timestamp.from(time))) {
            jdbc.update(
                    signed.test(new Handle(id))
                            ? "update own_emergency set signed = true where id = ?"
                            : "delete from own_emergency where id = ?",
                    id);
        }
    }

    /** Keeps a justification, which may be signed or not; it gets a new salt. Durable on return. */
    public Justification justify(Handle emergency, String text) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Justification justification = new Justification(Sha256.ofBytes(salt), text);
        jdbc.update(
                "insert into justification (emergency, commitment, salt, text, deposited) values (?, ?, ?, ?, false)",
                emergency.value(),
                justification.commitment().digest().base64Url(),
                salt,
                text);
        return justification;
    }

    /** The justification that the ledger has this commitment to; empty where it was written elsewhere. */
    public Optional<Justification> justification(Handle emergency, JustificationCommitment commitment) {
        return jdbc
                .query(
                        "select salt, text from justification where emergency = ? and commitment = ?",
                        (row, number) -> read(row),
                        emergency.value(),
                        commitment.digest().base64Url())
                .stream()
                .findFirst();
    }

    /** What custodians don't have yet, be it signed or not. */
    List<Justified> undeposited() {
        return jdbc.query(
                "select salt, text, emergency from justification where not deposited",
                (row, number) -> new Justified(new Handle(row.getString(3)), read(row)));
    }

    /** Notes that the custodian has this; drafts of others are of no use any more. */
    void deposited(Justified justified) {
        String emergency = justified.emergency().value();
        String commitment = justified.justification().commitment().digest().base64Url();
        jdbc.update(
                "update justification set deposited = true where emergency = ? and commitment = ?",
                emergency,
                commitment);
        jdbc.update("delete from justification where emergency = ? and commitment <> ?", emergency, commitment);
    }

    private static Justification read(ResultSet row) throws SQLException {
        return new Justification(Sha256.ofBytes(row.getBytes(1)), row.getString(2));
    }
}
