package health.salus.node.access;

import health.salus.contracts.rule.Codes;
import health.salus.identity.Handle;
import health.salus.node.web.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What patients want erased (GDPR Art. 17), and what the custodian decided. Erasing itself is another step, which needs a
 * person. Thread-safe.
 */
public final class ErasureRequests {
    /** The subject that stands for all records of the patient. */
    public static final String EVERYTHING = "*";

    /** Why a request can be refused. */
    public enum Ground {
        /** The data are still needed for what they were collected for (Art. 17(1)(a)): the treatment goes on. */
        STILL_NEEDED,
        /** Freedom of expression and information (Art. 17(3)(a)). */
        FREE_EXPRESSION,
        /** A law demands that they be kept (Art. 17(3)(b)). */
        LEGAL_OBLIGATION,
        /** Public health (Art. 17(3)(c)). */
        PUBLIC_HEALTH,
        /** Archives or research in the public interest (Art. 17(3)(d)). */
        ARCHIVE_OR_RESEARCH,
        /** Legal claims (Art. 17(3)(e)). */
        LEGAL_CLAIMS
    }

    /** What the custodian decided. */
    public sealed interface Decision {
        /** The records are to be erased. */
        record Granted() implements Decision {}

        /** They are kept, for this reason. */
        record Refused(Ground ground) implements Decision {}
    }

    /**
     * A request.
     *
     * @param subject {@link #EVERYTHING}, or a resource as {@code Observation/7}
     * @param decision empty while it waits
     * @param decided when; empty while it waits
     */
    public record ErasureRequest(
            Handle id,
            Handle patient,
            String subject,
            Instant asked,
            Optional<Decision> decision,
            Optional<Instant> decided) {
        /** When the patient has to be answered at the latest: within a month (Art. 12(3)). */
        public Instant due() {
            return asked.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
        }
    }

    private static final String SELECT =
            "select id, patient, subject, asked, decision, decided from erasure_request where ";
    private static final String GRANTED = "granted";
    private static final Codes<Ground> GROUNDS = Codes.of(Ground.class);

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    /** @param jdbc the organization's own database */
    public ErasureRequests(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        jdbc.execute("""
                create table if not exists erasure_request (
                  id varchar(32) primary key,
                  patient varchar(32) not null,
                  subject varchar(130) not null,
                  asked timestamp(3) with time zone not null,
                  decision varchar(40),
                  decided timestamp(3) with time zone,
                  waiting varchar(163) unique)""");
        jdbc.execute("create index if not exists erasure_request_patient on erasure_request (patient)");
    }

    /** Asks, once as long as it waits. @throws Problem where the same was asked already */
    public void ask(Handle patient, String subject) {
        try {
            jdbc.update(
                    "insert into erasure_request (id, patient, subject, asked, waiting) values (?, ?, ?, ?, ?)",
                    Handle.random().value(),
                    patient.value(),
                    subject,
                    Timestamp.from(clock.instant()),
                    patient + " " + subject);
        } catch (DuplicateKeyException e) {
            throw Problem.of(409, "asked-already", "the same was asked already, and waits");
        }
    }

    /** Takes back what the patient asked, while it waits. @throws Problem where nothing of that name waits */
    public void withdraw(Handle patient, Handle id) {
        requireOne(jdbc.update(
                "delete from erasure_request where id = ? and patient = ? and decision is null",
                id.value(),
                patient.value()));
    }

    /** A patient's requests, the newest first. */
    public List<ErasureRequest> of(Handle patient) {
        return select("patient = ? order by asked desc, id", patient.value());
    }

    /** Those that wait for a decision, the oldest first. */
    public List<ErasureRequest> open() {
        return select("decision is null order by asked, id");
    }

    /** Decides a request, once. @throws Problem where nothing of that name waits */
    public void decide(Handle id, Decision decision) {
        String code = switch (decision) {
            case Decision.Granted granted -> GRANTED;
            case Decision.Refused(Ground ground) -> Codes.code(ground);
        };
        requireOne(jdbc.update(
                "update erasure_request set decision = ?, decided = ?, waiting = null where id = ? and decision is null",
                code,
                Timestamp.from(clock.instant()),
                id.value()));
    }

    private static void requireOne(int changed) {
        if (changed != 1) {
            throw Problem.of(404, "no-open-request", "no request of this name waits");
        }
    }

    private List<ErasureRequest> select(String condition, Object... values) {
        return jdbc.query(SELECT + condition, (row, number) -> read(row), values);
    }

    private static ErasureRequest read(ResultSet row) throws SQLException {
        return new ErasureRequest(
                new Handle(row.getString(1)),
                new Handle(row.getString(2)),
                row.getString(3),
                row.getTimestamp(4).toInstant(),
                Optional.ofNullable(row.getString(5)).map(ErasureRequests::decision),
                Optional.ofNullable(row.getTimestamp(6)).map(Timestamp::toInstant));
    }

    private static Decision decision(String code) {
        return code.equals(GRANTED) ? new Decision.Granted() : new Decision.Refused(GROUNDS.constant(code));
    }
}
