package health.salus.cli.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files under {@code deploy}. */
final class DeployFiles {
    static final Path DIRECTORY = Path.of("../deploy");

    private DeployFiles() {}

    static List<Map<String, Object>> kubernetes() {
        return YamlFile.documents(DIRECTORY.resolve("kubernetes/node.yaml"));
    }

    /** The one of this kind and name. */
    static Map<String, Object> kubernetes(String kind, String name) {
        return YamlFile.only(
                kubernetes(),
                document -> kind.equals(document.get("kind"))
                        && YamlFile.text(document, "metadata", "name").equals(name));
    }

    static Map<String, Object> compose() {
        return YamlFile.documents(DIRECTORY.resolve("compose/compose.yaml")).getFirst();
    }

    static Map<?, ?> container() {
        return YamlFile.map(kubernetes("StatefulSet", "salus"), "spec", "template", "spec", "containers", 0);
    }

    /** Where Kubernetes asks how the node is. */
    static List<String> probePaths() {
        return Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .map(probe -> YamlFile.text(container(), probe, "httpGet", "path"))
                .distinct()
                .toList();
    }

    static String text(String name) throws IOException {
        return Files.readString(DIRECTORY.resolve(name));
    }
}
