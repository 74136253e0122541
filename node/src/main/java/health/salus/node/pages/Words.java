package health.salus.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.LocaleResolver;

/** Messages for modules that run in the browser, {@code /portal/words}: those whose keys begin with one of {@link #PARTS}. */
@PageController
class Words {
    private static final String BUNDLE = "health/salus/node/pages/messages";
    private static final String[] PARTS = {"script.", "purpose.", "type.", "category.", "interaction."};

    private final LocaleResolver languages;

    Words(LocaleResolver localeResolver) {
        this.languages = localeResolver;
    }

    @GetMapping("/portal/words")
    ResponseEntity<Map<String, String>> words(HttpServletRequest request) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .varyBy("Accept-Language", "Cookie")
                .body(words(languages.resolveLocale(request)));
    }

    private static Map<String, String> words(Locale language) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Map<String, String> words = new TreeMap<>();
        for (String key : bundle.keySet()) {
            for (String part : PARTS) {
                if (key.startsWith(part)) {
                    words.put(key, bundle.getString(key));
                }
            }
        }
        return words;
    }
}
