package health.salus.ledger.contract;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.identity.Handle;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each loop accepts what its regular expression does. */
class SyntaxPropertyTest {
    @Property
    void names(@ForAll("spellings") String text) {
        assertThat(Syntax.isName(text, 1, 32)).isEqualTo(text.matches("[a-z][a-z0-9-]{0,31}"));
        assertThat(Syntax.isName(text, 2, 40)).isEqualTo(text.matches("[a-z][a-z0-9-]{1,39}"));
    }

    @Property
    void networks(@ForAll("spellings") String text, @ForAll("digits") String digits) {
        for (String network : new String[] {text, text + "." + digits, digits + "." + text}) {
            assertThat(Syntax.isNetwork(network)).isEqualTo(network.matches("[a-z][a-z0-9-]{0,31}\\.[0-9a-f]{16}"));
        }
    }

    @Property
    void paths(@ForAll("spellings") String text) {
        assertThat(Syntax.isPath(text)).isEqualTo(text.matches("[A-Za-z0-9._/-]{1,160}"));
    }

    /** Every character of the basic plane alone, where a slip in a range would show. */
    @Property(tries = 1)
    void single_characters() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String text = String.valueOf((char) c);
            assertThat(Syntax.isPath(text)).isEqualTo(text.matches("[A-Za-z0-9._/-]"));
            assertThat(Syntax.isName(text, 1, 32)).isEqualTo(text.matches("[a-z]"));
            assertThat(Syntax.isName("a" + text, 1, 32)).isEqualTo(text.matches("[a-z0-9-]"));
            assertThat(Handle.isHandle("0".repeat(31) + text)).isEqualTo(text.matches("[0-9a-f]"));
        }
    }

    @Provide
    Arbitrary<String> spellings() {
        Arbitrary<String> valid = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMaxLength(42);
        Arbitrary<String> near = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("._/-:@[`{,+ é\n\u0131".toCharArray())
                .ofMaxLength(165);
        return Arbitraries.oneOf(valid, valid.map(text -> "a" + text), near);
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('a', 'g')
                .ofMinLength(15)
                .ofMaxLength(17);
    }
}
