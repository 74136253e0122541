package health.salus.node.proof;

import health.salus.fhir.ResourceVersion;
import health.salus.fhir.seal.Part;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps what was found, each thing once, and tells whoever listens. Thread-safe. */
public final class Findings {
    private static final Logger LOGGER = LoggerFactory.getLogger(Findings.class);

    private final String organization;
    private final JdbcTemplate jdbc;
    private final Consumer<Finding> listener;

    /**
     * @param jdbc the organization's own database
     * @param listener told of each new finding, for metrics and alarms
     */
    public Findings(String organization, JdbcTemplate jdbc, Consumer<Finding> listener) {
        this.organization = organization;
        this.jdbc = jdbc;
        this.listener = listener;
        jdbc.execute("""
                create table if not exists finding (
                  kind varchar(16) not null,
                  version varchar(202) not null,
                  parts varchar(80) not null,
                  found timestamp(3) with time zone not null,
                  primary key (version, kind))""");
    }

    void report(Finding finding) {
        String parts = finding.parts().stream().map(Part::name).sorted().collect(Collectors.joining(","));
        String version = finding.version().toString();
        Integer known = jdbc.queryForObject(
                "select count(*) from finding where version = ? and kind = ?",
                Integer.class,
                version,
                finding.kind().name());
        if (known != null && known > 0) {
            return;
        }
        jdbc.update(
                "merge into finding (kind, version, parts, found) key (version, kind) values (?, ?, ?, ?)",
                finding.kind().name(),
                version,
                parts,
                Timestamp.from(finding.time()));
        LOGGER.atError()
                .addKeyValue("organization", organization)
                .addKeyValue("finding", finding.kind())
                .addKeyValue("record", version)
                .log("stored record is not as it was sealed");
        listener.accept(finding);
    }

    /** All findings, newest first. */
    public List<Finding> newest(int most) {
        return jdbc.query(
                "select kind, version, parts, found from finding order by found desc limit ?",
                (row, number) -> new Finding(
                        Finding.Kind.valueOf(row.getString(1)),
                        ResourceVersion.parse(row.getString(2)),
                        parts(row.getString(3)),
                        row.getTimestamp(4).toInstant()),
                most);
    }

    private static Set<Part> parts(String names) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .map(Part::valueOf)
                .forEach(parts::add);
        return parts;
    }
}
