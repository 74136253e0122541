package health.salus.node.network;

import health.salus.ledger.finality.Finality;
import health.salus.ledger.finality.NotesMessage;
import health.salus.ledger.finality.Peer;
import health.salus.node.ledger.LedgerHost;
import health.salus.node.web.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The door {@code POST /ledger/cosignatures}: takes cosignatures of members from anybody, since none is believed unsigned, and
 * answers with the newest of all, where that is asked for. A filter in front of Spring MVC: every other node comes here for
 * every block, and MVC would cost more than all that is done.
 */
@Configuration(proxyBeanMethods = false)
class CosignatureDoor {
    static final String PATH = "/ledger/cosignatures";
    private static final int AFTER_LIMITS = Ordered.HIGHEST_PRECEDENCE + 100;

    @Bean
    FilterRegistrationBean<HttpFilter> cosignatureFilter(LedgerHost host) {
        FilterRegistrationBean<HttpFilter> filter =
                new FilterRegistrationBean<>(new Filter(host.ledger().finality()));
        filter.addUrlPatterns(PATH);
        filter.setOrder(AFTER_LIMITS);
        return filter;
    }

    /** The door itself. */
    static final class Filter extends HttpFilter {
        private static final long serialVersionUID = 1L;

        private final transient Finality finality;

        Filter(Finality finality) {
            this.finality = finality;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
                throws IOException {
            request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
            if (!request.getMethod().equals("POST")) {
                throw Problem.of(405, "method-not-allowed", "expected: POST");
            }
            if (!isJson(request.getContentType())) {
                throw Problem.of(415, "unsupported-media-type", "expected: application/json");
            }
            byte[] answer = answer(request.getInputStream().readNBytes(NotesMessage.MAX_BYTES + 1));
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }

        private static boolean isJson(String type) {
            try {
                return type != null && MediaType.APPLICATION_JSON.includes(MediaType.valueOf(type));
            } catch (InvalidMimeTypeException e) {
                return false;
            }
        }

        private byte[] answer(byte[] body) {
            try {
                NotesMessage message = NotesMessage.parse(body);
                return new NotesMessage(finality.answer(message.notes(), message.fresh()), false).encode();
            } catch (IllegalArgumentException e) {
                throw Problem.of(400, "malformed", "expected: fresh, and at most " + Peer.MOST_NOTES + " signed notes");
            }
        }
    }
}
