package health.salus.node.web;

import health.salus.node.config.AddressRanges;
import health.salus.node.config.NodeSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Lets only those read {@code /node/prometheus} whom the configuration names. A proxy that it doesn't trust may speak for
 * anybody, so what comes by one is refused, whatever its address.
 */
@Configuration(proxyBeanMethods = false)
class MetricsReaders {
    private static final int AFTER_LIMITS = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    FilterRegistrationBean<HttpFilter> metricsFilter(NodeSettings settings) {
        FilterRegistrationBean<HttpFilter> filter =
                new FilterRegistrationBean<>(new Filter(settings.listen().readers()));
        filter.addUrlPatterns("/node/prometheus/*");
        filter.setOrder(AFTER_LIMITS);
        return filter;
    }

    private static final class Filter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient AddressRanges readers;

        Filter(AddressRanges readers) {
            this.readers = readers;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            boolean forwarded =
                    request.getHeader(ForwardedRequests.FOR) != null || request.getHeader("Forwarded") != null;
            if (forwarded || !readers.contain(request.getRemoteAddr())) {
                ProblemWriter.write(
                        Problem.of(403, "forbidden", "metrics are for those whom salus.listen.metrics-readers names"),
                        request.getRequestURI(),
                        response);
            } else {
                chain.doFilter(request, response);
            }
        }
    }
}
