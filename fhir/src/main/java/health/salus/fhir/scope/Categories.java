package health.salus.fhir.scope;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The categories that a resource puts itself in, whether {@code category} is a code, a concept or several. */
final class Categories {
    private Categories() {}

    /** Each as bare code and, where it has a system, as {@code system|code}. */
    static Set<String> of(JsonNode resource) {
        Set<String> categories = new TreeSet<>();
        JsonNode category = resource.path("category");
        if (category.isArray()) {
            category.forEach(element -> add(element, categories));
        } else {
            add(category, categories);
        }
        return categories;
    }

    private static void add(JsonNode category, Set<String> categories) {
        if (category.isTextual()) {
            categories.add(category.textValue());
        }
        for (JsonNode coding : category.path("coding")) {
            String code = coding.path("code").asText();
            if (!code.isEmpty()) {
                categories.add(code);
                if (coding.has("system")) {
                    categories.add(coding.path("system").asText() + "|" + code);
                }
            }
        }
    }
}
