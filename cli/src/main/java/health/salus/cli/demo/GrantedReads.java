package health.salus.cli.demo;

import health.salus.cli.console.Output;
import health.salus.node.RunningNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A running node in which a clinic may read the laboratory results of one of a hospital's patients: the demo up to the
 * patient's approval, told to nobody. For measurements. Not thread-safe.
 */
public final class GrantedReads implements AutoCloseable {
    private static final int PATIENTS = 3;

    private final DemoDirectory directory;
    private final RunningNode node;
    private final Stage stage;
    private final List<String> paths;

    private GrantedReads(DemoDirectory directory, RunningNode node, Stage stage, List<String> paths) {
        this.directory = directory;
        this.node = node;
        this.stage = stage;
        this.paths = paths;
    }

    /**
     * Starts a node with an embedded FHIR server and a few of the sample patients.
     *
     * @param path new or empty
     * @param output for progress
     */
    public static GrantedReads prepare(Path path, Output output) throws IOException {
        DemoDirectory directory = DemoDirectory.fresh(path);
        try {
            DemoNetwork network = DemoNetwork.create(directory);
            RunningNode node = network.start();
            try {
                Stage stage = Stage.of(network, new Story(line -> {}, "", ""), output);
                return new GrantedReads(directory, node, stage, granted(stage));
            } catch (RuntimeException | Error e) {
                node.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    private static List<String> granted(Stage stage) {
        Loading loading = new Loading(stage, few());
        loading.enroll();
        loading.load();
        Recording recording = new Recording(stage, loading.patientId());
        recording.write();
        Consent consent = new Consent(stage, recording, loading.patientId());
        consent.register();
        consent.ask();
        consent.approve();
        return stage.wire().get(consent.laboratoryResults(), stage.doctor()).expect(200).resources().stream()
                .map(resource -> "Observation/" + resource.path("id").asText())
                .toList();
    }

    /** What the patients refer to, and the smallest patients with enough laboratory results. */
    static List<Sample> few() {
        List<Sample> all = Sample.all();
        return Stream.concat(
                        all.stream().filter(sample -> !sample.isOfPatient()),
                        all.stream()
                                .filter(Loading::isRich)
                                .sorted(Comparator.comparingInt(Sample::size))
                                .limit(PATIENTS))
                .toList();
    }

    /** The node that serves them. */
    public RunningNode node() {
        return node;
    }

    /** The hospital's FHIR base at the gateway. */
    public URI fhirBase() {
        return stage.network().fhirBase();
    }

    /** Paths below the base of the resources that the clinic may read. */
    public List<String> paths() {
        return paths;
    }

    /** An access token of the clinic's doctor that works for some minutes. */
    public String token() {
        return stage.wire().token(stage.doctor());
    }

    @Override
    public void close() throws IOException {
        node.close();
        directory.close();
    }
}
