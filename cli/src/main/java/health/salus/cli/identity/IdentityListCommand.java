package health.salus.cli.identity;

import health.salus.cli.console.Output;
import health.salus.cli.option.KeyEntry;
import health.salus.cli.option.KeyStoreOptions;
import health.salus.foundation.Json;
import health.salus.foundation.Json.JsonArray;
import health.salus.foundation.Json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code salus identity list} */
@Command(
        name = "list",
        description = "List the keys of a key store, a line each: name, key id, and what it is.",
        footer = "salus identity list --keystore clinic/alice.p12 --password-file clinic/password")
final class IdentityListCommand implements Runnable {
    @Mixin
    private final KeyStoreOptions keyStore = new KeyStoreOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        List<KeyDescription> keys =
                KeyEntry.of(keyStore.open()).stream().map(KeyDescription::of).toList();
        output.show(
                JsonObject.builder()
                        .put(
                                "keys",
                                new JsonArray(keys.stream()
                                        .<Json>map(KeyDescription::json)
                                        .toList()))
                        .build(),
                keys.stream().map(KeyDescription::line).collect(Collectors.joining("\n")));
    }
}
