package health.salus.node.explorer;

import health.salus.node.pages.PageController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where somebody checks a receipt in the browser; the file stays there. */
@PageController
@RequestMapping("/explorer/verify")
@ConditionalOnBooleanProperty(name = Explorer.ENABLED, matchIfMissing = true)
class VerifyPage {
    private final Explorer explorer;

    VerifyPage(Explorer explorer) {
        this.explorer = explorer;
    }

    @GetMapping
    String verify(Model model) {
        model.addAttribute("policy", explorer.policy());
        model.addAttribute("network", explorer.ledger().network());
        return "explorer/verify";
    }
}
