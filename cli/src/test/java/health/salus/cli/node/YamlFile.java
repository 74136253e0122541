package health.salus.cli.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.factory.config.YamlProcessor;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Documents of a YAML file, and what lies in them: maps, lists and scalars. */
final class YamlFile {
    private YamlFile() {}

    static List<Map<String, Object>> documents(Path file) {
        return documents(new FileSystemResource(file));
    }

    static List<Map<String, Object>> documents(Resource resource) {
        return new YamlProcessor() {
            List<Map<String, Object>> read() {
                setResources(resource);
                List<Map<String, Object>> all = new ArrayList<>();
                process((properties, document) -> all.add(document));
                return all;
            }
        }.read();
    }

    static Resource text(String yaml) {
        return new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** What is at a path of names and, in lists, positions. @throws AssertionError if there is nothing */
    static Object at(Object node, Object... path) {
        Object found = node;
        for (Object step : path) {
            Object next = switch (found) {
                case Map<?, ?> map -> map.get(step);
                case List<?> list when step instanceof Integer i && i < list.size() -> list.get(i);
                default -> null;
            };
            if (next == null) {
                throw new AssertionError("no " + step + " of " + List.of(path) + " in " + node);
            }
            found = next;
        }
        return found;
    }

    static String text(Object node, Object... path) {
        return at(node, path).toString();
    }

    static Map<?, ?> map(Object node, Object... path) {
        return (Map<?, ?>) at(node, path);
    }

    static List<?> list(Object node, Object... path) {
        return (List<?>) at(node, path);
    }

    /** Texts at a path in each of these. */
    static List<String> each(List<?> nodes, Object... path) {
        return nodes.stream().map(node -> text(node, path)).toList();
    }

    static <T> T only(List<T> all, Predicate<T> wanted) {
        Optional<T> found = all.stream().filter(wanted).findFirst();
        return found.orElseThrow(() -> new AssertionError("nothing such in " + all));
    }
}
