package health.salus.fhirserver;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Serves a servlet under {@code /fhir/} on a free port of the loopback address. */
final class LoopbackPort implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();

    private LoopbackPort() {}

    static LoopbackPort open(HttpServlet servlet) throws LifecycleException {
        LoopbackPort port = new LoopbackPort();
        port.tomcat.setSilent(true);
        port.tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        port.tomcat.setPort(0);
        port.tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = port.tomcat.addContext("", null);
        Tomcat.addServlet(context, "fhir", new AlreadyInitialised(servlet));
        context.addServletMappingDecoded("/fhir/*", "fhir");
        port.tomcat.start();
        return port;
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class AlreadyInitialised extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final transient HttpServlet servlet;

        AlreadyInitialised(HttpServlet servlet) {
            this.servlet = servlet;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            servlet.service(request, response);
        }
    }
}
