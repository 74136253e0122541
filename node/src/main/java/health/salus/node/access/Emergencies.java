package health.salus.node.access;

import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import health.salus.identity.Handle;
import health.salus.ledger.contract.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which emergency accesses there are for a patient; learned from the ledger's events, since the ledger finds them by
 * their ids only. Whether one may be used is decided anew each time. Thread-safe.
 */
public final class Emergencies {
    private static final int MOST_KEPT = 50_000;

    private record Parties(String patient, String organization) {}

    private final JdbcTemplate jdbc;
    private final Map<Parties, List<Handle>> kept = new ConcurrentHashMap<>();

    /** @param jdbc the organization's own database */
    public Emergencies(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                create table if not exists emergency (
                  id varchar(32) primary key,
                  patient varchar(32) not null,
                  organization varchar(40) not null)""");
        jdbc.execute("create index if not exists emergency_patient on emergency (patient, organization)");
    }

    /** Learns from an event of the ledger; the same again changes nothing. */
    void learn(Event event) {
        if (event.type().equals("access.emergency-opened")) {
            Parties parties = new Parties(text(event.data(), "patient"), text(event.data(), "organization"));
            jdbc.update(
                    "merge into emergency key (id) values (?, ?, ?)",
                    text(event.data(), "emergency"),
                    parties.patient,
                    parties.organization);
            kept.remove(parties);
        }
    }

    /** Those that an organization opened for a patient, ever. */
    List<Handle> of(String patient, String organization) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(new Parties(patient, organization), this::load);
    }

    private List<Handle> load(Parties parties) {
        return jdbc
                .queryForList(
                        "select id from emergency where patient = ? and organization = ?",
                        String.class,
                        parties.patient,
                        parties.organization)
                .stream()
                .map(Handle::new)
                .toList();
    }

    private static String text(JsonObject data, String name) {
        if (data.members().get(name) instanceof JsonString(String value)) {
            return value;
        }
        throw new IllegalStateException("ledger event without " + name);
    }
}
