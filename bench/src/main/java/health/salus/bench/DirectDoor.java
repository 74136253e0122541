package health.salus.bench;

import health.salus.node.backend.FhirBackend;
import health.salus.node.backend.FhirRequest;
import health.salus.node.backend.FhirResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/**
 * The node's FHIR server on a port of its own with nothing before it: no gateway, no permission, no proof, no audit. Its
 * answers are buffered, which makes HAPI faster than it is by itself. The same web server as the node's, with platform
 * threads.
 */
final class DirectDoor implements AutoCloseable {
    private final WebServer server;

    private DirectDoor(WebServer server) {
        this.server = server;
    }

    static DirectDoor open(FhirBackend fhir) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        factory.addConnectorCustomizers(connector -> connector.setProperty("maxKeepAliveRequests", "-1"));
        WebServer server = factory.getWebServer(
                context -> context.addServlet("fhir", new Servlet(fhir)).addMapping("/fhir/*"));
        server.start();
        return new DirectDoor(server);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/fhir");
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final transient FhirBackend fhir;

        Servlet(FhirBackend fhir) {
            this.fhir = fhir;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            FhirResponse answer =
                    fhir.exchange(FhirRequest.get(request.getPathInfo().substring(1)));
            response.setStatus(answer.status());
            answer.headers().first("Content-Type").ifPresent(response::setContentType);
            answer.headers().first("ETag").ifPresent(etag -> response.setHeader("ETag", etag));
            response.setContentLength(answer.body().length());
            response.getOutputStream().write(answer.body().bytes());
        }
    }
}
