package health.salus.node.explorer;

import health.salus.node.pages.PageController;
import org.springframework.web.bind.annotation.GetMapping;

/** The answer to addresses in the explorer where there is nothing: all of them, where it is switched off. */
@PageController
class OtherPages {
    @GetMapping("/explorer/**")
    String nothing() {
        throw Explorer.nothing();
    }
}
