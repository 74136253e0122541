package health.salus.node.pages;

import health.salus.node.backend.BackendException;
import health.salus.node.gateway.FhirProblem;
import health.salus.node.web.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Tells whatever a page throws as a page, in words of the reader's language; nothing of what was asked is repeated. */
@ControllerAdvice(annotations = PageController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class PageProblems {
    private static final Logger LOGGER = LoggerFactory.getLogger(PageProblems.class);
    private static final String TEMPLATE = "problem";

    private final ViewResolver views;
    private final LocaleResolver languages;

    PageProblems(ViewResolver thymeleafViewResolver, LocaleResolver localeResolver) {
        this.views = thymeleafViewResolver;
        this.languages = localeResolver;
    }

    /** Writes the page for a status, where no controller is at work. */
    public void write(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(DispatcherServlet.LOCALE_RESOLVER_ATTRIBUTE, languages);
        response.setStatus(status);
        try {
            View view = views.resolveViewName(TEMPLATE, languages.resolveLocale(request));
            if (view == null) {
                throw new IllegalStateException("no template " + TEMPLATE);
            }
            view.render(model(status), request, response);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("page of a problem can't be written", e);
        }
    }

    @ExceptionHandler
    ModelAndView problem(Problem problem) {
        return page(problem.status());
    }

    @ExceptionHandler
    ModelAndView fhir(FhirProblem problem) {
        return page(problem.status());
    }

    @ExceptionHandler
    ModelAndView backend(BackendException failure) {
        LOGGER.atWarn().addKeyValue("error", failure.getMessage()).log("FHIR server gave no answer");
        return page(503);
    }

    @ExceptionHandler
    ModelAndView storage(DataAccessException failure) {
        LOGGER.atError().addKeyValue("error", failure.getClass().getName()).log("store can't be read or written");
        return page(503);
    }

    @ExceptionHandler
    ModelAndView argument(MethodArgumentTypeMismatchException failure) {
        return page(400);
    }

    @ExceptionHandler
    ModelAndView unreadable(HttpMessageNotReadableException failure) {
        return page(400);
    }

    @ExceptionHandler
    ModelAndView any(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            return page(known.getStatusCode().value());
        }
        LOGGER.atError().addKeyValue("error", failure.getClass().getName()).log("page failed unexpectedly");
        LOGGER.atDebug().setCause(failure).log("page failed unexpectedly");
        return page(500);
    }

    private static ModelAndView page(int status) {
        return new ModelAndView(TEMPLATE, model(status), HttpStatusCode.valueOf(status));
    }

    private static Map<String, Object> model(int status) {
        return Map.of("status", status, "kind", kind(status));
    }

    /** Part of the message keys {@code problem.<kind>.title} and {@code problem.<kind>.text}. */
    private static String kind(int status) {
        return switch (status) {
            case 401 -> "signed-out";
            case 403 -> "forbidden";
            case 404, 405, 410 -> "not-found";
            case 409 -> "conflict";
            case 429 -> "too-many";
            case 503, 504 -> "unavailable";
            default -> status < 500 ? "invalid" : "internal";
        };
    }
}
