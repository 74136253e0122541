package health.salus.node.access;

import health.salus.contracts.access.Grant;
import health.salus.contracts.access.Terms;
import health.salus.identity.Handle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The terms of grants, which the ledger holds only a commitment to. Each was checked against that commitment when it was
 * deposited, and is again with every decision. Thread-safe.
 */
public final class DepositedTerms {
    private static final int MOST_KEPT = 50_000;

    /** Terms and the grant that they belong to. */
    public record Deposit(Handle grant, String requester, Terms terms) {}

    private record Parties(String patient, String requester) {}

    private final JdbcTemplate jdbc;
    private final Map<Parties, List<Deposit>> kept = new ConcurrentHashMap<>();

    /** @param jdbc the organization's own database */
    public DepositedTerms(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                create table if not exists deposited_terms (
                  grant_id varchar(32) primary key,
                  patient varchar(32) not null,
                  requester varchar(40) not null,
                  terms varbinary(65535) not null)""");
        jdbc.execute("create index if not exists deposited_terms_parties on deposited_terms (patient, requester)");
    }

    /** Keeps {@code terms}; the caller has checked that they are those of {@code grant}. Again is no error. */
    void put(Grant grant, Terms terms) {
        Integer there = jdbc.queryForObject(
                "select count(*) from deposited_terms where grant_id = ?",
                Integer.class,
                grant.id().value());
        if (there == null || there == 0) {
            jdbc.update(
                    "insert into deposited_terms (grant_id, patient, requester, terms) values (?, ?, ?, ?)",
                    grant.id().value(),
                    grant.patient().value(),
                    grant.requester(),
                    terms.canonical());
        }
        kept.remove(new Parties(grant.patient().value(), grant.requester()));
    }

    /** All that {@code requester} deposited for a patient. */
    public List<Deposit> of(String patient, String requester) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent( // so that a deposit made meanwhile waits, then removes what was loaded without it
                new Parties(patient, requester),
                parties -> query("where patient = ? and requester = ?", patient, requester));
    }

    /** All that anybody deposited for a patient. */
    public List<Deposit> of(String patient) {
        return query("where patient = ?", patient);
    }

    /** Those of one grant. */
    public Optional<Deposit> of(Handle grant) {
        return query("where grant_id = ?", grant.value()).stream().findFirst();
    }

    private List<Deposit> query(String where, Object... values) {
        return jdbc.query(
                "select grant_id, requester, terms from deposited_terms " + where + " order by grant_id",
                (row, number) ->
                        new Deposit(new Handle(row.getString(1)), row.getString(2), Terms.read(row.getBytes(3))),
                values);
    }
}
