package health.salus.node.web;

import health.salus.node.config.AddressRanges;
import health.salus.node.config.NodeSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes from trusted proxies who asks, {@code X-Forwarded-For}, and whether by TLS, {@code X-Forwarded-Proto}. Each proxy adds
 * the address that it was asked from, so the client's is the last one that is no trusted proxy's: what stands before that, the
 * client can have written. From anybody else nothing is taken, and the headers stay for {@link MetricsReaders} to see.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ForwardedRequests extends OncePerRequestFilter {
    static final String FOR = "X-Forwarded-For";
    private static final String PROTOCOL = "X-Forwarded-Proto";
    private static final Pattern HOP = Pattern.compile(
            "(?<v4>\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d+)?|\\[(?<v6>[0-9A-Fa-f:.]+)](?::\\d+)?|(?<bare>[0-9A-Fa-f:.]+)");

    private final AddressRanges proxies;

    ForwardedRequests(NodeSettings settings) {
        this.proxies = settings.listen().proxies();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(
                proxies.contain(request.getRemoteAddr()) ? new Forwarded(request, client(request)) : request, response);
    }

    private String client(HttpServletRequest request) {
        String client = request.getRemoteAddr();
        for (String hop : entries(request, FOR).reversed()) {
            Optional<String> address = address(hop);
            if (address.isEmpty()) {
                return client;
            }
            client = address.get();
            if (!proxies.contain(client)) {
                return client;
            }
        }
        return client;
    }

    /** Entries of a header that is a list, and may be there several times. */
    private static List<String> entries(HttpServletRequest request, String header) {
        List<String> entries = new ArrayList<>();
        for (String value : Collections.list(request.getHeaders(header))) {
            for (String entry : value.split(",", -1)) {
                entries.add(entry.strip());
            }
        }
        return entries;
    }

    /** The address of an entry, in the one spelling that sockets have too; some proxies add a port. */
    private static Optional<String> address(String hop) {
        Matcher matcher = HOP.matcher(hop);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String found = matcher.group("v4") != null
                ? matcher.group("v4")
                : matcher.group("v6") != null ? matcher.group("v6") : matcher.group("bare");
        try {
            return Optional.of(InetAddress.ofLiteral(found).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A request as its client made it. */
    private static final class Forwarded extends HttpServletRequestWrapper {
        private final String client;
        private final boolean secure;

        Forwarded(HttpServletRequest request, String client) {
            super(request);
            this.client = client;
            List<String> protocols = entries(request, PROTOCOL);
            this.secure = protocols.isEmpty()
                    ? request.isSecure()
                    : protocols.getLast().equalsIgnoreCase("https");
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getRemoteHost() {
            return client;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getScheme() {
            return secure ? "https" : "http";
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(FOR) ? null : super.getHeader(name);
        }
    }
}
