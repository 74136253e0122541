package health.salus.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.LocaleResolver;

/** Messages for modules that run in the browser, {@code /portal/words}: those whose keys begin with one of {@link #PARTS}. */
@PageController
class Words {
    private static final String[] PARTS = {
        "script.", "purpose.", "type.", "category.", "interaction.", "finding.", "label."
    };

    private final LocaleResolver languages;
    private final List<String> bundles;

    Words(LocaleResolver localeResolver, @Value("${spring.messages.basename}") List<String> bundles) {
        this.languages = localeResolver;
        this.bundles = bundles;
    }

    @GetMapping("/portal/words")
    ResponseEntity<Map<String, String>> words(HttpServletRequest request) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .varyBy("Accept-Language", "Cookie")
                .body(words(languages.resolveLocale(request)));
    }

    private Map<String, String> words(Locale language) {
        Map<String, String> words = new TreeMap<>();
        for (String name : bundles) {
            ResourceBundle bundle = ResourceBundle.getBundle(
                    name,
                    language,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            bundle.keySet().stream()
                    .filter(key -> Stream.of(PARTS).anyMatch(key::startsWith))
                    .forEach(key -> words.put(key, bundle.getString(key)));
        }
        return words;
    }
}
