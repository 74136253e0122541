package health.salus.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.identity.Handle;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

class PatientHandlesTest {
    private static final String HANDLE = Handle.random().value();

    private final JdbcTemplate jdbc = database();
    private final PatientHandles handles = new PatientHandles(jdbc);

    @Test
    void a_handle_and_a_patient_lead_to_each_other() {
        handles.bind(HANDLE, "7");

        assertThat(handles.patient(HANDLE)).hasValue("7");
        assertThat(handles.handle("7")).hasValue(HANDLE);
    }

    @Test
    void neither_is_bound_twice() {
        handles.bind(HANDLE, "7");

        assertThatThrownBy(() -> handles.bind(HANDLE, "8")).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> handles.bind(Handle.random().value(), "7")).isInstanceOf(DuplicateKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x' or '1'='1", "x'; drop table patient_handle; --", "x\\' or 1=1 --", "%", "?"})
    void what_looks_like_sql_is_a_name(String name) {
        handles.bind(HANDLE, "7");

        assertThat(handles.patient(name)).isEmpty();
        assertThat(handles.handle(name)).isEmpty();
        handles.unbind(name);
        assertThat(new PatientHandles(jdbc).patient(HANDLE)).hasValue("7");
    }

    private static JdbcTemplate database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:handles-" + Handle.random() + ";DB_CLOSE_DELAY=-1");
        return new JdbcTemplate(database);
    }
}
