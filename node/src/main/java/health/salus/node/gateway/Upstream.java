package health.salus.node.gateway;

import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.canonical.OwnBases;
import health.salus.node.backend.BackendException;
import health.salus.node.backend.Body;
import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import health.salus.node.backend.Headers;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The FHIR server behind, as the gateway uses it: JSON only, and its failures as problems. Thread-safe. */
public final class Upstream {
    private static final String JSON = "application/fhir+json";

    private final FhirBackend backend;
    private final OwnBases bases;
    private final Timer timer;

    /**
     * The server behind a gateway.
     *
     * @param publicBase address of the gateway, under which references may name the same resources
     * @param timer of the server's answers
     */
    public Upstream(FhirBackend backend, String publicBase, Timer timer) {
        this.backend = backend;
        this.timer = timer;
        this.bases = OwnBases.of(backend.base().toString(), publicBase);
    }

    /** The bases under which the server's resources are known. */
    public OwnBases bases() {
        return bases;
    }

    /** Whether a search takes {@code _offset}, and is faster for it. */
    boolean takesOffset() {
        return backend.takesOffset();
    }

    /** A resource's current version around the server; only a seal says whether it's what the server would answer. */
    Optional<FhirResponse> stored(String type, String id) {
        return backend.stored(type, id);
    }

    /** Reads what lies below the base under a percent-encoded path, with its query. */
    public FhirResponse get(String pathAndQuery) {
        return send("GET", pathAndQuery, Headers.NONE, Body.EMPTY);
    }

    /** Passes a request of the organization's own on. */
    FhirResponse send(Request request) {
        Headers headers = Headers.NONE;
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        String target = request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
        return send(request.method(), target, headers, Body.of(request.body()));
    }

    /** Sends a request and waits for the answer. @throws FhirProblem where the server gives none */
    public FhirResponse send(String method, String pathAndQuery, Headers headers, Body body) {
        if (!backend.ready().isDone()) {
            throw FhirProblem.unavailable("the FHIR server is starting");
        }
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        String query = question < 0 ? "" : pathAndQuery.substring(question + 1);
        long begun = System.nanoTime();
        try {
            return backend.exchange(new FhirRequest(
                    method, path, query, headers.without("Accept").with("Accept", JSON), body));
        } catch (BackendException e) {
            throw problem(e);
        } finally {
            timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    /** How it is told that the server gave no answer: 503 where a retry is safe, else 504. */
    static FhirProblem problem(BackendException e) {
        return switch (e.effect()) {
            case NONE -> FhirProblem.unavailable("the FHIR server can't be reached; nothing was changed");
            case UNKNOWN ->
                new FhirProblem(
                        504,
                        "timeout",
                        "the FHIR server gave no complete answer; whether it did what was asked is unknown, so look first");
        };
    }

    /** The body of an answer; of one that refuses, only an OperationOutcome: other texts may tell of the server's insides. */
    static byte[] body(FhirResponse response) {
        byte[] body = response.body().bytes();
        if (response.isSuccess() || body.length == 0 || isOutcome(body)) {
            return body;
        }
        return OperationOutcomes.of(
                new FhirProblem(response.status(), "processing", "the FHIR server refused without saying why"));
    }

    private static boolean isOutcome(byte[] body) {
        try {
            return FhirJson.resource(body).path("resourceType").asText().equals("OperationOutcome");
        } catch (FhirJsonException e) {
            return false;
        }
    }

    /** The Bundle that the server answered with. @throws FhirProblem where it is none */
    static BundleSlices bundle(FhirResponse response) {
        return bundle(response.body().bytes());
    }

    static BundleSlices bundle(byte[] body) {
        try {
            return BundleSlices.of(body);
        } catch (FhirProblem notABundle) {
            throw FhirProblem.upstream("the FHIR server answered with something else than a Bundle in FHIR JSON");
        }
    }

    /** {@code url} without the server's own base, as in the links it makes; empty where it leads elsewhere. */
    Optional<String> relative(String url) {
        String base = backend.base().toString();
        if (url.startsWith(base + "/")) {
            return Optional.of(url.substring(base.length() + 1));
        }
        return url.startsWith(base + "?") ? Optional.of(url.substring(base.length())) : Optional.empty();
    }
}
