package health.salus.contracts.access;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a scope wants to know of a resource before it goes out.
 *
 * @param type for example {@code Observation}
 * @param categories its categories, each as bare code and as {@code system|code}
 * @param securityLabels codes of all security labels, its own and those of what it contains
 * @param date when what it tells happened; for an event without a date, when it was recorded
 * @param interaction by which it would go out
 */
public record ResourceFacts(
        String type,
        Set<String> categories,
        Set<String> securityLabels,
        Optional<LocalDate> date,
        Interaction interaction) {
    public ResourceFacts {
        categories = sorted(categories);
        securityLabels = sorted(securityLabels);
    }

    private static Set<String> sorted(Collection<String> texts) {
        return Collections.unmodifiableSet(new TreeSet<>(texts));
    }
}
