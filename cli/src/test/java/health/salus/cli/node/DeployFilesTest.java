package health.salus.cli.node;

import static health.salus.cli.node.YamlFile.at;
import static health.salus.cli.node.YamlFile.each;
import static health.salus.cli.node.YamlFile.list;
import static health.salus.cli.node.YamlFile.map;
import static health.salus.cli.node.YamlFile.only;
import static health.salus.cli.node.YamlFile.text;
import static org.assertj.core.api.Assertions.assertThat;

import health.salus.cli.Salus;
import health.salus.cli.console.Terminal;
import health.salus.node.config.NodeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;

/** What is wrong in the files under {@code deploy} shows late, on somebody else's machine: here they are held together. */
class DeployFilesTest {
    private static final Map<String, Object> NODE = DeployFiles.kubernetes("StatefulSet", "salus");

    @Test
    void the_nodes_configurations_are_such_as_a_node_reads() throws IOException {
        NodeSettings kubernetes = configMap();
        NodeSettings guide = settings(block(DeployFiles.text("README.md"), "```yaml\n(.*?)```"));

        for (NodeSettings node : List.of(kubernetes, guide)) {
            assertThat(node.listen().address()).isEqualTo("0.0.0.0");
            assertThat(node.ledger().raft().address()).isEqualTo("0.0.0.0");
            assertThat(node.ledger().ordering()).isEqualTo(NodeSettings.OrderingKind.RAFT);
            assertThat(node.data()).isEqualTo(Path.of("/var/lib/salus"));
            assertThat(exposed())
                    .containsExactly(node.listen().port(), node.ledger().raft().port());
        }
    }

    @Test
    void kubernetes_leads_to_the_ports_that_the_node_listens_on() throws IOException {
        NodeSettings node = configMap();
        List<?> ports = list(DeployFiles.container(), "ports");

        assertThat(at(only(ports, port -> text(port, "name").equals("http")), "containerPort"))
                .isEqualTo(node.listen().port());
        assertThat(at(only(ports, port -> text(port, "name").equals("raft")), "containerPort"))
                .isEqualTo(node.ledger().raft().port());
        assertThat(list(DeployFiles.kubernetes("Service", "salus"), "spec", "ports"))
                .allSatisfy(port ->
                        assertThat(at(port, "port")).isEqualTo(node.listen().port()));
        assertThat(list(DeployFiles.kubernetes("Service", "salus-raft"), "spec", "ports"))
                .allSatisfy(port -> assertThat(at(port, "port"))
                        .isEqualTo(node.ledger().raft().port()));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(each(ports, "name")).contains(text(DeployFiles.container(), probe, "httpGet", "port"));
        }
    }

    @Test
    void kubernetes_selects_the_nodes_pod() {
        Map<?, ?> labels = map(NODE, "spec", "template", "metadata", "labels");

        assertThat(map(NODE, "spec", "selector", "matchLabels")).isEqualTo(labels);
        assertThat(map(DeployFiles.kubernetes("PodDisruptionBudget", "salus"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(DeployFiles.kubernetes())
                .filteredOn(document -> "Service".equals(document.get("kind")))
                .allSatisfy(
                        service -> assertThat(map(service, "spec", "selector")).isEqualTo(labels));
        DeployFiles.kubernetes("Service", text(NODE, "spec", "serviceName"));
    }

    @Test
    void kubernetes_mounts_what_there_is_and_whatever_the_node_reads_is_mounted() throws IOException {
        String file = DeployFiles.text("kubernetes/node.yaml");
        List<?> volumes = list(NODE, "spec", "template", "spec", "volumes");
        List<?> claims = list(NODE, "spec", "volumeClaimTemplates");
        List<?> mounts = list(DeployFiles.container(), "volumeMounts");
        List<String> offered = new ArrayList<>(each(volumes, "name"));
        offered.addAll(each(claims, "metadata", "name"));

        assertThat(each(mounts, "name")).containsExactlyInAnyOrderElementsOf(offered);
        Object configMap = DeployFiles.kubernetes("ConfigMap", text(volume(volumes, "config"), "configMap", "name"));
        assertThat(text(configMap, "data", text(mount(mounts, "config"), "subPath")))
                .isNotBlank();
        NodeSettings node = configMap();
        assertThat(node.data()).hasToString(text(mount(mounts, "data"), "mountPath"));
        assertThat(made(file, "configmap " + text(volume(volumes, "genesis"), "configMap", "name"), mounts, "genesis"))
                .containsExactly(node.ledger().genesis());
        assertThat(made(
                        file,
                        "secret generic " + text(volume(volumes, "keys"), "secret", "secretName"),
                        mounts,
                        "keys"))
                .containsExactly(
                        node.organizations().getFirst().keyStore(),
                        Path.of(node.organizations().getFirst().password().substring("file:".length())));
        assertThat(text(mount(mounts, "config"), "mountPath")).isEqualTo(configurationOfImage());
        assertThat(each(mounts, "mountPath")).contains("/tmp"); // the rest of the file system is read-only
        assertThat(text(NODE, "spec", "template", "spec", "securityContext", "runAsUser"))
                .isEqualTo(block(DeployFiles.text("Dockerfile"), "\nUSER (\\d+)\n"));
    }

    @Test
    void compose_has_for_each_node_its_volume_its_files_and_a_port_of_its_own() throws IOException {
        Map<?, ?> services = map(DeployFiles.compose(), "services");
        List<Object> hostPorts = new ArrayList<>();
        List<Object> volumes = new ArrayList<>();

        services.forEach((name, service) -> {
            List<?> mounts = list(service, "volumes");
            assertThat(mounts.get(0)).isEqualTo("./" + name + ":/etc/salus:ro");
            assertThat(mounts.get(1)).isEqualTo(name + ":/var/lib/salus");
            volumes.add(name);
            String[] port = text(service, "ports", 0).split(":", 3);
            hostPorts.add(port[1]);
            assertThat(port[2]).isEqualTo("8480");
            assertThat(list(service, "tmpfs")).isEqualTo(List.of("/tmp"));
        });

        assertThat(hostPorts).doesNotHaveDuplicates();
        assertThat(new ArrayList<Object>(map(DeployFiles.compose(), "volumes").keySet()))
                .hasSameElementsAs(volumes);
        assertThat(exposed()).contains(8480);
        assertThat(configurationOfImage()).startsWith("/etc/salus/");
        Map<?, ?> build = map(services, "hospital", "build");
        assertThat(DeployFiles.DIRECTORY
                        .resolve("compose")
                        .resolve(text(build, "context"))
                        .resolve(text(build, "dockerfile")))
                .isRegularFile();
    }

    @Test
    void the_images_command_and_its_health_check_are_commands_of_salus() throws IOException {
        List<String> health = list(DeployFiles.compose(), "services", "hospital", "healthcheck", "test").stream()
                .map(Object::toString)
                .toList();
        int salus = health.indexOf(Salus.class.getName());

        assertThat(block(DeployFiles.text("Dockerfile"), "ENTRYPOINT \\[(.*?)]"))
                .contains("\"/opt/salus/lib/*\", \"" + Salus.class.getName() + "\"");
        assertThat(health.subList(0, salus)).containsExactly("CMD", "java", "-cp", "/opt/salus/lib/*");
        for (List<String> command : List.of(
                health.subList(salus + 1, health.size()), List.of("node", "--config", configurationOfImage()))) {
            assertThat(Salus.commandLine(Terminal.NONE)
                            .parseArgs(command.toArray(String[]::new))
                            .hasSubcommand())
                    .isTrue();
        }
    }

    private static NodeSettings configMap() throws IOException {
        return settings(text(DeployFiles.kubernetes("ConfigMap", "salus"), "data", "salus.yaml"));
    }

    /** As a node reads it: unknown names are refused. */
    private static NodeSettings settings(String yaml) throws IOException {
        List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("salus.yaml", YamlFile.text(yaml));
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind("salus", Bindable.of(NodeSettings.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();
    }

    private static Object mount(List<?> mounts, String name) {
        return only(mounts, mount -> text(mount, "name").equals(name));
    }

    private static Object volume(List<?> volumes, String name) {
        return only(volumes, volume -> text(volume, "name").equals(name));
    }

    /** The files that a command in the manifest's comments puts where the node looks for them. */
    private static List<Path> made(String manifest, String what, List<?> mounts, String volume) {
        String files = block(manifest, "kubectl create " + Pattern.quote(what) + "((?: --from-file=\\S+)+)");
        String mounted = text(mount(mounts, volume), "mountPath");
        return Pattern.compile("--from-file=(\\S+)")
                .matcher(files)
                .results()
                .map(file -> Path.of(mounted, file.group(1)))
                .toList();
    }

    private static String configurationOfImage() throws IOException {
        return block(DeployFiles.text("Dockerfile"), "CMD \\[\"node\", \"--config\", \"(.*?)\"]");
    }

    private static List<Integer> exposed() throws IOException {
        return Pattern.compile("\\d+")
                .matcher(block(DeployFiles.text("Dockerfile"), "EXPOSE ([\\d ]+)"))
                .results()
                .map(port -> Integer.valueOf(port.group()))
                .toList();
    }

    private static String block(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
