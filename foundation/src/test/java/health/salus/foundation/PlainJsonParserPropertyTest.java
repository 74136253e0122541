package health.salus.foundation;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonBoolean;
import health.salus.foundation.Json.JsonInteger;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Json.JsonString;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What the fast parser answers is what the slow one answers; where it has no answer, nothing is claimed. */
class PlainJsonParserPropertyTest {
    @Property
    void plain_values_are_read_as_they_were_written(@ForAll("values") Json value) {
        byte[] canonical = value.canonical();
        assertThat(PlainJsonParser.parse(canonical)).isEqualTo(value);
        assertThat(JsonReader.readAndCompare(canonical)).isEqualTo(value);
    }

    @Property
    void nothing_is_accepted_that_the_slow_parser_refuses(
            @ForAll("values") Json value,
            @ForAll @IntRange(max = 400) int position,
            @ForAll("characters") char character,
            @ForAll boolean inserted) {
        StringBuilder text = new StringBuilder(new String(value.canonical(), StandardCharsets.UTF_8));
        int at = position % text.length();
        if (inserted) {
            text.insert(at, character);
        } else {
            text.setCharAt(at, character);
        }
        assertAgree(text.toString());
    }

    @Property
    void nothing_is_accepted_of_texts_that_look_like_json(@ForAll("texts") String text) {
        assertAgree(text);
    }

    @Property(tries = 40)
    void nesting_is_as_deep_as_the_slow_parser_allows(@ForAll @IntRange(min = 1, max = 20) int depth) {
        assertAgree("[".repeat(depth) + "]".repeat(depth));
        assertAgree("[".repeat(depth) + "1" + "]".repeat(depth));
        assertAgree("{\"a\":".repeat(depth) + "{}" + "}".repeat(depth));
    }

    private static void assertAgree(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Json fast = PlainJsonParser.parse(bytes);
        if (fast != null) {
            assertThat(JsonReader.readAndCompare(bytes)).isEqualTo(fast);
        }
    }

    @Provide
    Arbitrary<Json> values() {
        return value(3);
    }

    private static Arbitrary<Json> value(int depth) {
        Arbitrary<String> plain = Arbitraries.strings()
                .withCharRange(' ', '~')
                .ofMaxLength(6)
                .map(text -> text.replace('"', '_').replace('\\', '_'));
        Arbitrary<Json> leaf = Arbitraries.oneOf(
                plain.map(JsonString::new),
                Arbitraries.longs().between(-Json.MAX_INTEGER, Json.MAX_INTEGER).map(JsonInteger::new),
                Arbitraries.of(true, false).map(JsonBoolean::new));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Json> inner = Arbitraries.lazy(() -> value(depth - 1));
        return Arbitraries.oneOf(
                leaf,
                inner.list().ofMaxSize(3).map(JsonArray::new),
                Arbitraries.maps(plain, inner).ofMaxSize(4).map(JsonObject::of));
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.of(
                '{', '}', '[', ']', '"', ':', ',', ' ', '\n', '\\', '-', '+', '.', '0', '1', '9', 'e', 't', 'a',
                '\u0000', '\u007f', '\u0080', 'é');
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"a\"",
                        "\"b\"",
                        "\"",
                        ":",
                        ",",
                        " ",
                        "1",
                        "0",
                        "-",
                        "-1",
                        "9007199254740991",
                        "9007199254740992",
                        "true",
                        "false",
                        "tru",
                        "null",
                        "1.5")
                .list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .map(parts -> String.join("", parts));
    }
}
