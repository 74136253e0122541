package health.salus.node.proof;

import health.salus.foundation.Sha256;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which heads of the record log the ledger has, and by which transactions. Thread-safe. */
final class Anchors {
    /** A head on the ledger. */
    record Anchor(long size, Sha256 transaction) {}

    private final JdbcTemplate jdbc;

    Anchors(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute(
                "create table if not exists anchor (size bigint primary key, transaction_id varchar(43) not null)");
    }

    void add(Anchor anchor) {
        jdbc.update("merge into anchor key (size) values (?, ?)", anchor.size, anchor.transaction.base64Url());
    }

    /** The first that covers an entry. */
    Optional<Anchor> covering(long entry) {
        return query("where size > ? order by size limit 1", entry);
    }

    private Optional<Anchor> query(String where, Object... values) {
        List<Anchor> found = jdbc.query(
                "select size, transaction_id from anchor " + where,
                (row, number) -> new Anchor(row.getLong(1), Sha256.ofBase64Url(row.getString(2))),
                values);
        return found.stream().findFirst();
    }
}
