package health.salus.node.web;

import health.salus.node.config.NodeSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends requests whose body is too large, too slow or nested too deeply, whatever door they are for. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class RequestLimits extends OncePerRequestFilter {
    private final NodeSettings.Limits limits;

    RequestLimits(NodeSettings settings) {
        this.limits = settings.limits();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (request.getContentLengthLong() > limits.requestBody().toBytes()) {
                throw LimitedInput.tooLarge(limits);
            }
            chain.doFilter(new LimitedRequest(request), response);
        } catch (Problem problem) {
            ProblemWriter.write(problem, request.getRequestURI(), response);
        }
    }

    private final class LimitedRequest extends HttpServletRequestWrapper {
        private @Nullable LimitedInput input;

        LimitedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            LimitedInput known = input;
            if (known == null) {
                String type = getContentType();
                known = new LimitedInput(super.getInputStream(), limits, type != null && type.contains("json"));
                input = known;
            }
            return known;
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
