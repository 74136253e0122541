package health.salus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path dir;

    @Test
    void a_jdk_25_in_java_home_is_taken() throws Exception {
        Path jdk = jdk("here", "25.0.1");

        assertThat(findJdk(Map.of("JAVA_HOME", jdk.toString()))).isEqualTo(new Result(0, jdk + "\n", ""));
    }

    @Test
    void an_older_java_home_gives_way_to_a_newer_jdk_elsewhere() throws Exception {
        Path old = jdk("old", "17.0.15");
        Path recent = jdk("recent", "26");

        assertThat(findJdk(Map.of("JAVA_HOME", old.toString(), "SALUS_JDKS", dir + "/*")))
                .isEqualTo(new Result(0, recent + "\n", ""));
    }

    @Test
    void a_jdk_25_on_the_path_is_found_through_its_symbolic_link() throws Exception {
        Path jdk = jdk("somewhere", "25");
        Path bin = Files.createDirectory(dir.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));

        assertThat(findJdk(Map.of("PATH", bin + ":" + tools()))).isEqualTo(new Result(0, jdk + "\n", ""));
    }

    @Test
    void where_only_an_older_jdk_is_on_the_path_it_says_what_was_found_and_what_to_do() throws Exception {
        Path old = jdk("old", "17.0.15");

        Result result = findJdk(Map.of("JAVA_HOME", "", "PATH", old.resolve("bin") + ":" + tools()));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("Salus needs JDK 25 or later; found 17 (" + old + "). Install one (for example Eclipse "
                        + "Temurin 25, https://adoptium.net) or set JAVA_HOME to it.\n");
    }

    @Test
    void the_launcher_stops_with_that_message_from_any_directory_and_through_links() throws Exception {
        Path old = jdk("old", "17.0.15");
        Path copy = dir.resolve("checkout");
        Files.createDirectories(copy.resolve("bin"));
        Files.copy(CHECKOUT.resolve("salus"), copy.resolve("salus"));
        Files.copy(CHECKOUT.resolve("bin/find-jdk"), copy.resolve("bin/find-jdk"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), copy.resolve("salus"));
        Path linkToLink = Files.createSymbolicLink(dir.resolve("salus"), dir.relativize(link));

        Result result = run(Map.of("JAVA_HOME", "", "PATH", old.resolve("bin") + ":" + tools()), linkToLink);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("Salus needs JDK 25 or later; found 17 (" + old + ").");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = dir.toRealPath().resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(home.resolve("bin/javac"), "");
        return home;
    }

    private static void executable(Path file, String content) throws IOException {
        assertThat(Files.writeString(file, content).toFile().setExecutable(true))
                .isTrue();
    }

    /** A directory with what the scripts use and no JDK, whatever this machine has. */
    private Path tools() throws IOException {
        Path tools = dir.resolve("tools");
        if (Files.notExists(tools)) {
            Files.createDirectory(tools);
            for (String tool : List.of("sed", "readlink", "dirname")) {
                Path found = Stream.of("/usr/bin", "/bin")
                        .map(directory -> Path.of(directory, tool))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow();
                executable(tools.resolve(tool), "#!/bin/sh\nexec " + found + " \"$@\"\n");
            }
        }
        return tools;
    }

    private Result findJdk(Map<String, String> environment) throws Exception {
        return run(environment, CHECKOUT.resolve("bin/find-jdk"));
    }

    private Result run(Map<String, String> environment, Path script) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(script.toString()).directory(dir.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools().toString(), "HOME", dir.toString(), "SALUS_JDKS", ""));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    private record Result(int exitCode, String out, String err) {}
}
