package health.salus.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.model.api.Include;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.param.DateParam;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.HasParam;
import ca.uhn.fhir.rest.param.QuantityParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.param.UriParam;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Of the whole process: no stream here has a filter of its own. */
class SerialFilterTest {
    @BeforeAll
    static void install() {
        SerialFilter.install();
    }

    @Test
    void an_exception_of_another_node_can_be_read() throws Exception {
        IOException thrown = new IOException("late", new IllegalStateException("closed"));

        assertThat((Throwable) writtenAndRead(thrown)).hasMessage("late").hasRootCauseMessage("closed");
    }

    @Test
    void a_search_in_the_database_can_be_read() throws Exception {
        SearchParameterMap search = new SearchParameterMap();
        search.add("code", new TokenOrListParam("http://loinc.org", "718-7", "2345-7"));
        search.add("date", new DateRangeParam("gt2020", "lt2021-01-01T10:00:00Z"));
        search.add("birthdate", new DateParam("eq2020-01-01T10:00:00+01:00"));
        search.add("subject", new ReferenceParam("Patient/1"));
        search.add("value-quantity", new QuantityParam("gt1.5|http://unitsofmeasure.org|mg"));
        search.add("family", new StringParam("x", true));
        search.add("url", new UriParam("urn:x"));
        search.add("_has", new HasParam("Observation", "patient", "code", "x"));
        search.add("_id", new TokenParam("a"));
        search.addInclude(new Include("Observation:subject"));
        search.addRevInclude(new Include("Provenance:target", true));
        search.setSort(new SortSpec("date", SortOrderEnum.DESC, new SortSpec("code")));
        search.setLastUpdated(new DateRangeParam("gt2020", null));
        search.setSummaryMode(SummaryEnum.COUNT);
        search.setCount(3);

        SearchParameterMap read = (SearchParameterMap) writtenAndRead(search);

        assertThat(read.get("code")).hasToString(search.get("code").toString());
        assertThat(read.getCount()).isEqualTo(3);
    }

    @Test
    void an_object_of_any_other_class_is_refused() {
        PriorityQueue<String> withForeignComparator = new PriorityQueue<>(new Foreign());
        withForeignComparator.add("a");

        assertRefused(new Foreign());
        assertRefused(withForeignComparator);
        assertRefused(new Throwable("with a foreign cause", new ForeignException()));
    }

    @Test
    void more_than_these_are_is_refused() {
        Object nested = "innermost";
        for (int level = 0; level < 30; level++) {
            nested = new ArrayList<>(List.of(nested));
        }

        assertRefused(new int[20_000]);
        assertRefused(nested);
    }

    @Test
    void a_second_node_in_the_process_has_the_same_filter() {
        assertThatNoException().isThrownBy(SerialFilter::install);
    }

    private static void assertRefused(Object object) {
        assertThatThrownBy(() -> writtenAndRead(object))
                .isInstanceOf(InvalidClassException.class)
                .hasMessageContaining("REJECTED");
    }

    private static Object writtenAndRead(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    private static final class Foreign implements Comparator<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int compare(String left, String right) {
            return left.compareTo(right);
        }
    }

    private static final class ForeignException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
