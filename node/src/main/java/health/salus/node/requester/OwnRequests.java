package health.salus.node.requester;

import health.salus.contracts.access.Terms;
import health.salus.foundation.Sha256;
import health.salus.identity.Handle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What an organization asked of patients, with the terms that the ledger has a commitment to. A request is kept before it is
 * signed, so that no terms are lost of one that is on the ledger; what becomes of it, the ledger says. Thread-safe.
 */
public final class OwnRequests {
    /**
     * A request, be it signed or not.
     *
     * @param grant its handle
     * @param asker certificate of who drafted it
     * @param deposited whether the custodian has the terms
     */
    public record OwnRequest(
            Handle grant, Handle patient, Sha256 asker, Terms terms, Instant drafted, boolean deposited) {}

    private static final String COLUMNS = "grant_id, patient, asker, terms, drafted, deposited";

    private final JdbcTemplate jdbc;

    OwnRequests(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                create table if not exists own_request (
                  grant_id varchar(32) primary key,
                  patient varchar(32) not null,
                  asker varchar(43) not null,
                  terms varbinary(65535) not null,
                  drafted timestamp(3) with time zone not null,
                  deposited boolean not null)""");
        jdbc.execute("create index if not exists own_request_drafted on own_request (drafted)");
    }

    /** Keeps a new one, whose terms nobody has yet. Durable on return. */
    public void draft(Handle grant, Handle patient, Sha256 asker, Terms terms, Instant now) {
        jdbc.update(
                "insert into own_request (" + COLUMNS + ") values (?, ?, ?, ?, ?, false)",
                grant.value(),
                patient.value(),
                asker.base64Url(),
                terms.canonical(),
                Timestamp.from(now));
    }

    /** The newest ones first. */
    public List<OwnRequest> newest(int most) {
        return query("order by drafted desc, grant_id limit ?", most);
    }

    /** The one with this handle. */
    public Optional<OwnRequest> find(Handle grant) {
        return query("where grant_id = ?", grant.value()).stream().findFirst();
    }

    List<OwnRequest> undeposited() {
        return query("where not deposited order by drafted");
    }

    void deposited(Handle grant) {
        jdbc.update("update own_request set deposited = true where grant_id = ?", grant.value());
    }

    /** Forgets those drafted before {@code time} that were never signed. */
    void forgetUnsigned(Instant time, Predicate<Handle> signed) {
        for (OwnRequest request : undeposited()) {
            if (request.drafted().isBefore(time) && !signed.test(request.grant())) {
                jdbc.update(
                        "delete from own_request where grant_id = ?",
                        request.grant().value());
            }
        }
    }

    private List<OwnRequest> query(String clauses, Object... values) {
        return jdbc.query(
                "select " + COLUMNS + " from own_request " + clauses, (row, number) -> OwnRequests.read(row), values);
    }

    private static OwnRequest read(ResultSet row) throws SQLException {
        return new OwnRequest(
                new Handle(row.getString(1)),
                new Handle(row.getString(2)),
                Sha256.ofBase64Url(row.getString(3)),
                Terms.read(row.getBytes(4)),
                row.getTimestamp(5).toInstant(),
                row.getBoolean(6));
    }
}
