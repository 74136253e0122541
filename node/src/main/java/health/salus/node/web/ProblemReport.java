package health.salus.node.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Reports what Tomcat itself refuses, such as a malformed request line, as a problem rather than as HTML. */
final class ProblemReport extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        RefusedRequests.note("none", status);
        Problem problem = status < 500
                ? Problem.of(status, "invalid-request", "the request is malformed")
                : Problem.of(status, "internal", "the node failed; its log says more");
        try {
            String path = request.getRequestURI();
            ProblemWriter.write(problem, path == null ? "" : path, response.getResponse());
            response.finishResponse();
        } catch (IOException e) {
            containerLog.debug("client has gone", e);
        }
    }
}
