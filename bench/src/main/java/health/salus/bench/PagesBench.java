package health.salus.bench;

import health.salus.bench.PatientInBrowser.Visit;
import health.salus.cli.console.Output;
import health.salus.cli.demo.InvitedPatient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How long pages take: until something can be read in the browser, with the demo's data and nothing cached; and at the server,
 * for a patient with a long record. What the FHIR server takes of that is measured by the node itself and taken off.
 */
final class PagesBench implements Measurement {
    private static final int RECORDS = 10_000;
    private static final int DISCLOSURES = 1_000;
    private static final int VISITS = 5;
    private static final int READS = 100;
    private static final double PAINT_MILLIS = 1_000;
    private static final double WIRE_KILOBYTES = 200;
    private static final double SERVER_MILLIS = 50;

    private final Output output;

    /** @param output for progress */
    PagesBench(Output output) {
        this.output = output;
    }

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public List<Row> run(Path directory, Consumer<String> said) throws Exception {
        if (!Chromium.isThere()) {
            said.accept("no Chromium here (-Dsalus.chromium=<program>): pages are not measured");
            return List.of();
        }
        said.accept("starting a node with an embedded FHIR server, loading some patients");
        try (InvitedPatient patient = InvitedPatient.prepare(directory.resolve("node"), output);
                Chromium browser = Chromium.start(directory.resolve("browser"))) {
            PatientInBrowser reader = new PatientInBrowser(browser);
            URI invitation = patient.invite();
            String cookies = reader.signIn(invitation);
            URI node = invitation.resolve("/");
            List<Row> rows = new ArrayList<>(inBrowser(reader, node, said));
            said.accept("storing " + RECORDS + " records of the patient, and reading some of them " + DISCLOSURES
                    + " times");
            patient.store(RECORDS);
            patient.read(DISCLOSURES);
            rows.addAll(atServer(node, cookies, said));
            return rows;
        }
    }

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        for (String page :
                List.of("home", "requests", "records", "records?kind=Observation", "disclosures", "passkeys")) {
            pages.put("portal/" + page, "/hospital/portal/" + page);
        }
        for (String page :
                List.of("", "/blocks", "/blocks/1", "/organizations", "/proposals", "/checkpoints", "/verify")) {
            pages.put("explorer" + page, "/explorer" + page);
        }
        return pages;
    }

    private static List<Row> inBrowser(PatientInBrowser reader, URI node, Consumer<String> said) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> page : pages().entrySet()) {
            Samples paints = new Samples();
            long most = 0;
            for (int visit = 0; visit < VISITS; visit++) {
                Visit seen = reader.visit(node.resolve(page.getValue()));
                paints.add((long) (seen.firstContentfulPaintMillis() * 1e6));
                most = Math.max(most, seen.bytes());
            }
            said.accept(page.getKey() + ": first contentful paint " + paints.summary() + ", " + most + " bytes");
            rows.add(Row.atMost(
                    "first paint, " + page.getKey(),
                    paints.percentileMillis(0.5),
                    PAINT_MILLIS,
                    "ms",
                    "first contentful paint in Chromium on this machine, median of " + VISITS + ", nothing cached"));
            rows.add(
                    Row.atMost(
                            "over the wire, " + page.getKey(),
                            most / 1e3,
                            WIRE_KILOBYTES,
                            "kB",
                            "page, style, modules, proofs, and what workers load; headers included, compressed, nothing cached"));
        }
        return rows;
    }

    private static List<Row> atServer(URI node, String cookies, Consumer<String> said) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            PageReader reader = new PageReader(http, node, cookies);
            Map<String, HttpRequest> requests = new LinkedHashMap<>();
            pages().forEach((name, path) -> requests.put(name, reader.get(path)));
            String records = reader.text(reader.get("/hospital/portal/records"));
            requests.put("portal/records, proofs", reader.proofs("/hospital/portal/records/proofs", records));
            requests.put("portal/records, page 2", reader.next(records));
            WarmUp.run(said, () -> {
                for (HttpRequest request : requests.values()) {
                    reader.time(request);
                }
            });
            Map<String, Samples> own = new LinkedHashMap<>();
            Map<String, Samples> fhir = new LinkedHashMap<>();
            for (int round = 0; round < READS; round++) {
                for (Map.Entry<String, HttpRequest> request : requests.entrySet()) {
                    PageReader.Times times = reader.time(request.getValue());
                    own.computeIfAbsent(request.getKey(), name -> new Samples()).add(times.own());
                    fhir.computeIfAbsent(request.getKey(), name -> new Samples())
                            .add(times.fhir());
                }
            }
            List<Row> rows = new ArrayList<>();
            own.forEach((name, samples) -> {
                String behind = Objects.requireNonNull(fhir.get(name)).summary();
                said.accept(name + ": " + samples.summary() + "; FHIR server: " + behind);
                rows.add(Row.atMost(
                        "server at p95, " + name,
                        samples.percentileMillis(0.95),
                        SERVER_MILLIS,
                        "ms",
                        "one client, whole answers, " + RECORDS + " records and " + DISCLOSURES
                                + " disclosures; besides, the FHIR server took " + behind));
            });
            return rows;
        }
    }
}
