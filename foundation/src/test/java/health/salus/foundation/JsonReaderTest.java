package health.salus.foundation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void members_are_sorted_by_utf16_units_as_in_rfc8785_3_2_3() {
        String canonical = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\u007f\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"\uD83D\uDE00\":\"Emoji: Grinning Face\",\"\uFB33\":\"Hebrew Letter Dalet With Dagesh\"}";
        JsonObject object = JsonReader.object(utf8(canonical));

        assertThat(object.members()).hasSize(7);
        assertThat(new String(object.canonical(), StandardCharsets.UTF_8)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}{}",
                " {}",
                "{\"a\":1.0}",
                "{\"a\":1e3}",
                "{\"a\":null}",
                "{\"b\":1,\"a\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":9007199254740992}",
                "{\"a\":99999999999999999999999}",
                "{\"a\":-0}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\\uD800\"}",
                "[1]",
                "\"a\"",
                "NaN",
                "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"
            })
    void what_is_not_a_canonical_object_is_refused(String text) {
        assertThatThrownBy(() -> JsonReader.object(utf8(text))).isInstanceOf(JsonException.class);
    }

    @Test
    void broken_utf8_and_oversize_are_refused() {
        assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonReader.read(utf8("\"" + "a".repeat(65_535) + "\"")))
                .isInstanceOf(JsonException.class);
    }

    @Property
    void any_value_reads_back_and_equals_what_another_implementation_writes(
            @ForAll @StringLength(max = 8) String name, @ForAll @StringLength(max = 40) String text, @ForAll int number)
            throws Exception {
        JsonObject value;
        byte[] canonical;
        try {
            value = JsonObject.of(Map.of(
                    name,
                    new JsonString(text),
                    name + "2",
                    new JsonArray(List.of(new Json.JsonInteger(number), new Json.JsonBoolean(true)))));
            canonical = value.canonical();
        } catch (JsonException loneSurrogate) {
            return;
        }

        assertThat(JsonReader.object(canonical)).isEqualTo(value);
        assertThat(canonical).isEqualTo(new JsonCanonicalizer(canonical).getEncodedUTF8());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
