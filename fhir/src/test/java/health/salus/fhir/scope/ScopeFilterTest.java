package health.salus.fhir.scope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.contracts.access.DataPeriod;
import health.salus.contracts.access.Interaction;
import health.salus.contracts.access.Scope;
import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Patient a is the one whose records are asked for. */
class ScopeFilterTest {
    private static final Scope OBSERVATIONS = Scope.of("Observation", "Patient", "Practitioner");

    @Test
    void a_permitted_resource_leaves_as_it_is() {
        String observation = observation("1", "'subject':{'reference':'Patient/a'},'valueQuantity':{'value':2.00}");
        Filtered filtered = filter(OBSERVATIONS, observation);
        assertThat(filtered.body().map(ScopeFilterTest::text)).contains(json(observation));
        assertThat(filtered.released()).map(Object::toString).containsExactly("Observation/1/_history/3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'resourceType':'Condition','id':'1','meta':{'versionId':'1'},'subject':{'reference':'Patient/a'}}",
                "{'resourceType':'Observation','id':'1','meta':{'versionId':'1'},'subject':{'reference':'Patient/b'}}",
                "{'resourceType':'Observation','id':'1','meta':{'versionId':'1'}}",
                "{'resourceType':'Observation','id':'1','subject':{'reference':'Patient/a'}}",
                "{'resourceType':'Patient','id':'b','meta':{'versionId':'1'}}",
                "{'resourceType':'Binary','id':'1','meta':{'versionId':'1'},'securityContext':{'reference':'Patient/a'}}",
                "{'resourceType':'Parameters','id':'1','meta':{'versionId':'1'},'parameter':[]}",
                "{'resourceType':'OperationOutcome','issue':[{'diagnostics':'Resource Patient/b is not known'}]}",
                "{'resourceType':'Invented','id':'1','meta':{'versionId':'1'},'subject':{'reference':'Patient/a'}}",
                "{'resourceType':'Bundle','id':'1','meta':{'versionId':'1'},'type':'collection'}",
            })
    void everything_else_stays_inside(String answer) {
        Filtered filtered = filter(OBSERVATIONS, answer);
        assertThat(filtered.body()).isEmpty();
        assertThat(filtered.released()).isEmpty();
        assertThat(filtered.withheld()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'performer':[{'reference':'Patient/b'}]",
                "'focus':[{'reference':'https://s.example/fhir/Patient/b/_history/1'}]",
                "'focus':[{'reference':'https://elsewhere.example/Patient/a'}]",
                "'focus':[{'reference':'Patient?identifier=x|1'}]",
                "'focus':[{'type':'Patient','identifier':{'value':'1'}}]",
                "'component':[{'extension':[{'url':'u','valueReference':{'reference':'Patient/b'}}]}]",
                "'contained':[{'resourceType':'Observation','subject':{'reference':'Patient/b'}}]",
                "'contained':[{'resourceType':'Patient','name':[{'family':'B'}]}]",
                "'contained':[{'resourceType':'Condition','code':{'text':'not granted'}}]",
                "'contained':[{'resourceType':'Practitioner','extension':[{'valueReference':{'reference':'Patient/b'}}]}]",
                "'contained':[{'resourceType':'Invented'}]",
                "'contained':['text']",
                "'extension':[{'url':'u','valueX':{'resourceType':'Condition'}}]",
            })
    void a_resource_with_something_in_it_that_may_not_leave_stays(String member) {
        String observation = observation("1", "'subject':{'reference':'Patient/a'}," + member);
        assertThat(filter(OBSERVATIONS, observation).body()).isEmpty();
    }

    @Test
    void the_servers_own_address_counts_as_local() {
        String observation = observation("1", "'subject':{'reference':'https://s.example/fhir/Patient/a/_history/7'}");
        assertThat(filter(OBSERVATIONS, observation).body()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'meta':{'versionId':'1','security':[{'code':'R'}]}",
                "'meta':{'versionId':'1','security':[{'display':'restricted'}]}",
                "'meta':{'versionId':'1'},'contained':[{'resourceType':'Practitioner','meta':{'security':[{'code':'R'}]}}]",
                "'meta':{'versionId':'1'},'note':[{'extension':[{'url':'http://hl7.org/fhir/uv/security-label-ds4p/"
                        + "StructureDefinition/extension-inline-sec-label','valueCoding':{'code':'PSY'}}]}]",
            })
    void a_label_that_is_not_granted_keeps_the_resource_inside_wherever_it_is(String members) {
        String observation =
                "{'resourceType':'Observation','id':'1','subject':{'reference':'Patient/a'}," + members + "}";
        assertThat(filter(OBSERVATIONS, observation).body()).isEmpty();
    }

    @Test
    void categories_and_days_restrict_as_the_terms_say() {
        TreeMap<String, java.util.SortedSet<String>> types = new TreeMap<>();
        types.put("Observation", new TreeSet<>(List.of("vital-signs")));
        Scope scope = new Scope(
                types,
                Collections.emptySortedSet(),
                EnumSet.allOf(Interaction.class),
                Optional.of(new DataPeriod(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31))));
        String vitalSigns =
                "'subject':{'reference':'Patient/a'},'category':[{'coding':[{'system':'s','code':'vital-signs'}]}],";
        assertThat(filter(scope, observation("1", vitalSigns + "'effectiveDateTime':'2025-12-31T23:59:59-05:00'"))
                        .body())
                .isPresent();
        assertThat(filter(scope, observation("1", vitalSigns + "'effectivePeriod':{'start':'2026-01-01'}"))
                        .body())
                .isEmpty();
        assertThat(filter(scope, observation("1", vitalSigns + "'effectiveDateTime':'2025'"))
                        .body())
                .isEmpty();
        assertThat(filter(
                                scope,
                                observation(
                                        "1", "'subject':{'reference':'Patient/a'},'effectiveDateTime':'2025-06-01'"))
                        .body())
                .isEmpty();
    }

    @Test
    void search_results_are_made_anew_without_what_stays_inside() {
        Filtered filtered = filter(
                OBSERVATIONS,
                "{'resourceType':'Bundle','id':'cached-search','type':'searchset','total':4,"
                        + "'link':[{'relation':'self','url':'https://s.example/fhir/Observation?x'}],'entry':["
                        + entry(observation("1", "'subject':{'reference':'Patient/a'}"), "match") + ","
                        + entry(observation("2", "'subject':{'reference':'Patient/b'}"), "match") + ","
                        + entry("{'resourceType':'Practitioner','id':'p','meta':{'versionId':'1'}}", "include") + ","
                        + entry(
                                "{'resourceType':'Condition','id':'c','meta':{'versionId':'1'},"
                                        + "'subject':{'reference':'Patient/a'}}",
                                "include")
                        + "," + entry("{'resourceType':'OperationOutcome'}", "outcome") + "]}");
        assertThat(filtered.body().map(ScopeFilterTest::text))
                .contains(
                        json(
                                "{'resourceType':'Bundle','type':'searchset','total':1,'entry':["
                                        + "{'fullUrl':'https://gate.example/fhir/Observation/1','resource':"
                                        + observation("1", "'subject':{'reference':'Patient/a'}")
                                        + ",'search':{'mode':'match'}},"
                                        + "{'fullUrl':'https://gate.example/fhir/Practitioner/p','resource':"
                                        + "{'resourceType':'Practitioner','id':'p','meta':{'versionId':'1'}},'search':{'mode':'include'}}]}"));
        assertThat(filtered.released()).hasSize(2);
        assertThat(filtered.withheld()).isEqualTo(2);
        assertThat(filtered.links()).containsOnlyKeys("self");
    }

    @Test
    void neither_a_page_nor_a_mere_count_tells_a_total() {
        String page = "{'resourceType':'Bundle','type':'searchset','total':400,'link':[{'relation':'next','url':'u'}],"
                + "'entry':[" + entry(observation("1", "'subject':{'reference':'Patient/a'}"), "match") + "]}";
        assertThat(filter(OBSERVATIONS, page).body().orElseThrow().has("total")).isFalse();
        String count = "{'resourceType':'Bundle','type':'searchset','total':400}";
        assertThat(filter(OBSERVATIONS, count).body().orElseThrow().has("total"))
                .isFalse();
    }

    @Test
    void a_history_does_not_tell_of_deletions() {
        Filtered filtered = filter(
                OBSERVATIONS,
                "{'resourceType':'Bundle','type':'history','total':2,'entry':["
                        + "{'fullUrl':'u','request':{'method':'DELETE','url':'Observation/9'},'response':{'status':'204'}},"
                        + "{'fullUrl':'u','resource':" + observation("1", "'subject':{'reference':'Patient/a'}")
                        + ",'request':{'method':'PUT','url':'Observation/1?secret'},"
                        + "'response':{'status':'200','etag':'3','outcome':{'resourceType':'OperationOutcome'}}}]}");
        assertThat(filtered.body().map(ScopeFilterTest::text))
                .contains(json("{'resourceType':'Bundle','type':'history','total':1,'entry':["
                        + "{'fullUrl':'https://gate.example/fhir/Observation/1','resource':"
                        + observation("1", "'subject':{'reference':'Patient/a'}")
                        + ",'request':{'method':'PUT','url':'Observation/1'},"
                        + "'response':{'status':'200','etag':'3'}}]}"));
    }

    @Test
    void answers_of_a_batch_keep_their_places() {
        Filtered filtered = filter(
                OBSERVATIONS,
                "{'resourceType':'Bundle','type':'batch-response','entry':["
                        + "{'resource':" + observation("2", "'subject':{'reference':'Patient/b'}")
                        + ",'response':{'status':'200 OK','etag':'W/3'}},"
                        + "{'resource':{'resourceType':'Bundle','type':'searchset','total':1,'entry':["
                        + entry(observation("3", "'subject':{'reference':'Patient/b'}"), "match") + "]},"
                        + "'response':{'status':'200 OK'}},"
                        + "{'response':{'status':'403 Forbidden','outcome':{'resourceType':'OperationOutcome'}}}]}");
        assertThat(filtered.body().map(ScopeFilterTest::text))
                .contains(json("{'resourceType':'Bundle','type':'batch-response','entry':["
                        + "{'response':{'status':'404 Not Found'}},"
                        + "{'resource':{'resourceType':'Bundle','type':'searchset','total':0},"
                        + "'response':{'status':'200 OK'}},"
                        + "{'response':{'status':'403 Forbidden'}}]}"));
        assertThat(filtered.withheld()).isEqualTo(2);
    }

    @Test
    void a_document_leaves_whole_or_not_at_all() {
        String entry = "{'fullUrl':'u','resource':" + observation("1", "'subject':{'reference':'Patient/a'}") + "}";
        String document = "{'resourceType':'Bundle','type':'document','entry':[" + entry + "]}";
        assertThat(filter(OBSERVATIONS, document).body().map(ScopeFilterTest::text))
                .contains(json(document));
        String mixed = document.replace(
                "]}",
                ",{'resource':{'resourceType':'Condition','id':'1',"
                        + "'meta':{'versionId':'1'},'subject':{'reference':'Patient/a'}}}]}");
        assertThat(filter(OBSERVATIONS, mixed).body()).isEmpty();
        assertThat(filter(OBSERVATIONS, mixed).released()).isEmpty();
    }

    private static Filtered filter(Scope scope, String answer) {
        return new ScopeFilter(
                        "a",
                        OwnBases.of("https://s.example/fhir"),
                        "https://gate.example/fhir",
                        Interaction.SEARCH,
                        scope::permits)
                .apply(FhirJson.resource(json(answer).getBytes(UTF_8)));
    }

    private static String observation(String id, String members) {
        return "{'resourceType':'Observation','id':'" + id + "','meta':{'versionId':'3'}," + members + "}";
    }

    private static String entry(String resource, String mode) {
        return "{'fullUrl':'u','resource':" + resource + ",'search':{'mode':'" + mode + "','score':1}}";
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    private static String text(ObjectNode node) {
        return new String(FhirJson.bytes(node), UTF_8);
    }
}
