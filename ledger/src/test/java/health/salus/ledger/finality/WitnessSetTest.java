package health.salus.ledger.finality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.JsonException;
import health.salus.foundation.JsonReader;
import health.salus.ledger.finality.WitnessSet.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessSetTest {
    private static final WitnessSet FOUR = new TestWitnesses(4).set;

    @Test
    void a_set_leads_back_through_json() {
        assertThat(WitnessSet.ofJson(FOUR.toJson())).isEqualTo(FOUR);
        assertThat(WitnessSet.ofJson(WitnessSet.NONE.toJson())).isEqualTo(WitnessSet.NONE);
        WitnessSet most = new TestWitnesses(WitnessSet.MOST).set;
        assertThat(WitnessSet.ofJson(most.toJson())).isEqualTo(most);
        assertThat(most.policy(TestWitnesses.ORIGIN)).isNotNull();
    }

    @Test
    void a_quorum_that_any_two_liars_could_split_is_refused() {
        for (int quorum : new int[] {-1, 0, 1, 2, 5}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new WitnessSet(FOUR.members(), quorum));
        }
        assertThat(new WitnessSet(FOUR.members(), 4).quorum()).isEqualTo(4);
    }

    @Test
    void members_are_distinct_and_in_order() {
        Member one = FOUR.members().get(0);
        Member other = FOUR.members().get(1);
        for (List<Member> members : List.of(
                List.of(one, one),
                List.of(other, one),
                List.of(one, new Member("m01", one.log(), other.witness())),
                List.of(one, new Member("m01", other.log(), one.witness())),
                List.of(new Member("m00", one.log(), one.log())))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new WitnessSet(members, members.size()));
        }
    }

    @Test
    void more_members_than_a_note_has_room_for_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TestWitnesses(WitnessSet.MOST + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "not base64!", "__________________________________________8"})
    void what_is_no_key_in_its_one_spelling_is_refused(String key) {
        String good = FOUR.members().getFirst().log();
        assertThatIllegalArgumentException().isThrownBy(() -> new Member("m00", key, good));
        assertThatIllegalArgumentException().isThrownBy(() -> new Member("m00", good, key));
        assertThatIllegalArgumentException().isThrownBy(() -> new Member("m00", good + "=", good));
    }

    @Test
    void a_word_of_policy_files_is_no_member() {
        Member member = FOUR.members().getFirst();
        assertThatIllegalArgumentException().isThrownBy(() -> new Member("none", member.log(), member.witness()));
    }

    @Test
    void other_json_is_refused() {
        String json = new String(FOUR.toJson().canonical(), StandardCharsets.UTF_8);
        List<String> others = new ArrayList<>(List.of(
                "{}",
                "{\"members\":[],\"quorum\":1}",
                json.replace("\"quorum\":3", "\"quorum\":2"),
                json.replace("\"quorum\":3", "\"quorum\":-4294967293"), // cut to an int it would be 3
                json.replace("\"quorum\":3", "\"quorum\":4294967299"),
                json.replace("\"quorum\":3", "\"quorum\":\"3\""),
                json.replace("\"organization\":\"m00\"", "\"organization\":\"M00\""),
                json.replace("\"organization\":\"m00\"", "\"organization\":7"),
                json.replace("\"log\"", "\"lag\"")));
        for (String other : others) {
            assertThatThrownBy(() -> WitnessSet.ofJson(JsonReader.object(other.getBytes(StandardCharsets.UTF_8))))
                    .as(other)
                    .isInstanceOfAny(IllegalArgumentException.class, JsonException.class);
        }
    }
}
