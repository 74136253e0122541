package health.salus.node.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings of a node that never starts. */
public final class TestSettings {
    private TestSettings() {}

    /** The least that there must be, and others. */
    public static NodeSettings with(Map<String, String> others) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "salus.ledger.genesis", "genesis.json",
                "salus.organizations[0].id", "city",
                "salus.organizations[0].key-store", "city.p12",
                "salus.organizations[0].password", "env:PASSWORD"));
        settings.putAll(others);
        return new Binder(new MapConfigurationPropertySource(settings))
                .bind("salus", NodeSettings.class)
                .get();
    }
}
