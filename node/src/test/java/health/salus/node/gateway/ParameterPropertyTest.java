package health.salus.node.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;

class ParameterPropertyTest {
    @Property
    void what_is_written_into_an_address_is_read_as_the_same_and_is_nothing_but_a_query(
            @ForAll @NotEmpty @CharRange(from = 0, to = 0xD7FF) String name,
            @ForAll @CharRange(from = 0, to = 0xD7FF) String value) {
        List<Parameter> parameters = List.of(new Parameter(name, value), new Parameter("x", "1"));

        String query = Parameter.query(parameters);

        assertThat(query).matches("[A-Za-z0-9%+*._-]+=[A-Za-z0-9%+*._-]*&x=1");
        assertThat(Parameter.parse(query)).isEqualTo(parameters);
    }

    @Example
    void characters_that_mean_something_in_addresses_lead_nowhere_else() {
        String odd = "//evil.example/?a=b&c#d;e\r\nf: \"'<ü%2f\\";
        URI address = URI.create(
                "https://node.example/fhir/Patient?" + Parameter.query(List.of(new Parameter("identifier", odd))));

        assertThat(address.getHost()).isEqualTo("node.example");
        assertThat(address.getFragment()).isNull();
        assertThat(Parameter.parse(address.getRawQuery())).containsExactly(new Parameter("identifier", odd));
    }
}
