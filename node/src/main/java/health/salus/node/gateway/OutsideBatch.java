package health.salus.node.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the entries of a {@code batch} from outside: each is a request of its own, decided, answered and audited by
 * itself. Thread-safe.
 */
final class OutsideBatch {
    /** Most entries of one batch. */
    static final int MOST = 100;

    private final Function<Request, Answer> single;

    /** @param single answers one request, audited */
    OutsideBatch(Function<Request, Answer> single) {
        this.single = single;
    }

    /** The batch-response. @throws FhirProblem where the body is no batch, or a transaction */
    Answer answer(Request request) {
        BundleSlices batch = BundleSlices.of(request.body());
        if (!batch.type().equals("batch")) {
            throw FhirProblem.unsupported("only a batch of reads is offered");
        }
        if (batch.entries().size() > MOST) {
            throw FhirProblem.invalid("a batch of more than " + MOST + " entries");
        }
        List<BundleSlices.Entry> entries = new ArrayList<>();
        for (BundleSlices.Entry entry : batch.entries()) {
            entries.add(response(entryAnswer(request, entry)));
        }
        return Answer.of(200, BundleWriter.write("batch-response", null, Map.of(), entries));
    }

    private Answer entryAnswer(Request request, BundleSlices.Entry entry) {
        try {
            EntryRequest asked = EntryRequest.of(entry);
            if (!asked.method().equals("GET")) {
                throw FhirProblem.forbidden("only the organization's own staff writes");
            }
            RestfulInteraction interaction = RequestLine.parse("GET", asked.path());
            return single.apply(request.asking(asked.path(), asked.query(), interaction));
        } catch (FhirProblem problem) {
            return Answer.of(problem);
        }
    }

    private static BundleSlices.Entry response(Answer answer) {
        ObjectNode response = FhirJson.object();
        response.put("status", Integer.toString(answer.status()));
        String etag = answer.headers().get("ETag");
        if (etag != null) {
            response.put("etag", etag);
        }
        byte[] body = answer.body();
        return new BundleSlices.Entry(null, body.length == 0 ? null : body, null, null, FhirJson.bytes(response));
    }
}
