package health.salus.node.access;

import health.salus.contracts.access.JustificationCommitment;
import health.salus.identity.Handle;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Why records were opened in emergencies, in the words of who opened them, which the ledger holds only commitments to. Each was
 * checked against its commitment when it was deposited. Thread-safe.
 */
public final class Justifications {
    /** Longest text, in characters. */
    static final int MOST_CHARACTERS = 4_000;

    private final JdbcTemplate jdbc;

    /** @param jdbc the organization's own database */
    public Justifications(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                create table if not exists justification (
                  emergency varchar(32) primary key,
                  salt varbinary(32) not null,
                  text varchar(4000) not null)""");
    }

    /**
     * Keeps a justification; again is no error.
     *
     * @return whether it is what {@code commitment} commits to; otherwise it isn't kept
     */
    boolean put(Handle emergency, JustificationCommitment commitment, byte[] salt, String text) {
        if (!JustificationCommitment.of(salt, text).equals(commitment)) {
            return false;
        }
        jdbc.update("merge into justification key (emergency) values (?, ?, ?)", emergency.value(), salt, text);
        return true;
    }

    /** The text for an emergency access, if it was deposited. */
    public Optional<String> of(Handle emergency) {
        return jdbc
                .queryForList("select text from justification where emergency = ?", String.class, emergency.value())
                .stream()
                .findFirst();
    }
}
