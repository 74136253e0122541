package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.ResourceVersion;
import health.salus.node.backend.FhirResponse;
import health.salus.node.proof.SealedVersions;
import java.util.Optional;

/**
 * Reads of one version. A current one comes around the server where its seal proves that it's what the server would answer,
 * which takes a fraction of the time; all else comes from the server. Thread-safe.
 */
final class SingleReads {
    private final Upstream upstream;
    private final SealedVersions seals;

    SingleReads(Upstream upstream, SealedVersions seals) {
        this.upstream = upstream;
        this.seals = seals;
    }

    /**
     * A version as the server has it.
     *
     * @param proven whether it is known to be as it was sealed
     */
    record Read(ObjectNode resource, FhirResponse reply, boolean proven) {
        byte[] bytes() {
            return reply.body().bytes();
        }
    }

    /** The current version. @throws FhirProblem where the server has none, or doesn't answer */
    Read current(String type, String id) {
        return stored(type, id).orElseGet(() -> asked(type + "/" + id));
    }

    /** A version by its number. @throws FhirProblem where the server has none, or doesn't answer */
    Read version(String type, String id, String version) {
        return asked(type + "/" + id + "/_history/" + version);
    }

    /** The version of what was read, which is as it was sealed. @throws TamperedException where it isn't */
    ResourceVersion requireSealed(Read read) {
        return read.proven() ? ResourceVersion.of(read.resource()) : seals.requireSealed(read.resource());
    }

    private Optional<Read> stored(String type, String id) {
        return upstream.stored(type, id).flatMap(reply -> {
            try {
                ObjectNode resource = FhirJson.resource(reply.body().bytes());
                return seals.isAsSealed(resource) ? Optional.of(new Read(resource, reply, true)) : Optional.empty();
            } catch (FhirJsonException e) {
                return Optional.empty();
            }
        });
    }

    private Read asked(String path) {
        FhirResponse reply = upstream.get(path);
        if (!reply.isSuccess()) {
            throw reply.status() >= 500
                    ? FhirProblem.unavailable("the FHIR server can't answer now")
                    : FhirProblem.notFound();
        }
        return new Read(FhirJson.resource(reply.body().bytes()), reply, false);
    }
}
