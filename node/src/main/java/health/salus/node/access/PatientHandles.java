package health.salus.node.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which local patient a handle stands for. Nobody else can tell; what is written here never leaves. A handle is bound
 * once and for ever. Thread-safe.
 */
public final class PatientHandles {
    private static final int MOST_KEPT = 100_000;

    private final JdbcTemplate jdbc;
    private final Map<String, String> idByHandle = new ConcurrentHashMap<>();
    private final Map<String, String> handleById = new ConcurrentHashMap<>();

    /** @param jdbc the organization's own database */
    public PatientHandles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        jdbc.execute("""
                create table if not exists patient_handle (
                  handle varchar(32) primary key,
                  patient varchar(64) not null unique)""");
    }

    /** Binds a new handle. @throws org.springframework.dao.DuplicateKeyException where one of both is bound already */
    public void bind(String handle, String patient) {
        jdbc.update("insert into patient_handle (handle, patient) values (?, ?)", handle, patient);
    }

    /** Unbinds a handle whose registration failed. */
    void unbind(String handle) {
        jdbc.update("delete from patient_handle where handle = ?", handle);
    }

    /** Id of the Patient that {@code handle} stands for. */
    public Optional<String> patient(String handle) {
        return look(idByHandle, handle, "select patient from patient_handle where handle = ?");
    }

    /** Handle of the Patient with this id. */
    public Optional<String> handle(String patient) {
        return look(handleById, patient, "select handle from patient_handle where patient = ?");
    }

    private Optional<String> look(Map<String, String> kept, String name, String query) {
        String known = kept.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> found =
                jdbc.queryForList(query, String.class, name).stream().findFirst();
        if (kept.size() < MOST_KEPT) {
            found.ifPresent(value -> kept.put(name, value));
        }
        return found;
    }
}
