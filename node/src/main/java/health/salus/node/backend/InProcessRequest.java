package health.salus.node.backend;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A FHIR request as a servlet sees it. It answers what a FHIR server asks; any other question of the servlet API fails
 * loudly.
 */
final class InProcessRequest extends HttpServletRequestWrapper {
    private static final HttpServletRequest NOBODY = (HttpServletRequest) Proxy.newProxyInstance(
            InProcessRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (self, method, arguments) -> {
                throw new UnsupportedOperationException("in-process request has no " + method.getName());
            });

    private final URI base;
    private final FhirRequest request;
    private final Map<String, Object> attributes = new HashMap<>();
    private final ServletInputStream input;
    private @Nullable Map<String, String[]> parameters;

    InProcessRequest(URI base, FhirRequest request) {
        super(NOBODY);
        this.base = base;
        this.request = request;
        this.input = new BodyInput(request.body().stream());
    }

    @Override
    public String getMethod() {
        return request.method();
    }

    @Override
    public String getRequestURI() {
        return base.getPath() + getPathInfo();
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(base.toString()).append(getPathInfo());
    }

    @Override
    public String getPathInfo() {
        return "/" + request.path();
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return base.getPath();
    }

    @Override
    public @Nullable String getQueryString() {
        return request.query().isEmpty() ? null : request.query();
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public String getScheme() {
        return base.getScheme();
    }

    @Override
    public String getServerName() {
        return base.getHost();
    }

    @Override
    public int getServerPort() {
        return base.getPort();
    }

    @Override
    public String getRemoteAddr() {
        return "127.0.0.1";
    }

    @Override
    public String getRemoteHost() {
        return "localhost";
    }

    @Override
    public boolean isSecure() {
        return base.getScheme().equals("https");
    }

    /** None: the servlet lives in no container. */
    @Override
    public @Nullable ServletContext getServletContext() {
        return null;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public Locale getLocale() {
        return Locale.ROOT;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return request.headers().first(name).orElse(null);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(request.headers().all(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(request.headers().names());
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public int getContentLength() {
        return request.body().length();
    }

    @Override
    public long getContentLengthLong() {
        return request.body().length();
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return getParameterMap().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    /** Parameters of the query and, as in a container, of a form body ({@code POST _search}). */
    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> known = parameters;
        if (known == null) {
            String form = isForm() ? request.body().text() : "";
            known = parse(request.query() + "&" + form);
            parameters = known;
        }
        return known;
    }

    private boolean isForm() {
        String type = getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static Map<String, String[]> parse(String encoded) {
        Charset utf8 = StandardCharsets.UTF_8;
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(URLDecoder.decode(name, utf8), key -> new ArrayList<>())
                        .add(URLDecoder.decode(value, utf8));
            }
        }
        Map<String, String[]> parameters = new LinkedHashMap<>();
        values.forEach((name, list) -> parameters.put(name, list.toArray(String[]::new)));
        return parameters;
    }

    private static final class BodyInput extends ServletInputStream {
        private final InputStream bytes;
        private boolean finished;

        BodyInput(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws java.io.IOException {
            int read = bytes.read();
            finished = read < 0;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws java.io.IOException {
            int read = bytes.read(target, offset, length);
            finished = read < 0;
            return read;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("in-process requests are read without waiting");
        }
    }
}
