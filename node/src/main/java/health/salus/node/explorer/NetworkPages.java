package health.salus.node.explorer;

import health.salus.contracts.network.Certificate;
import health.salus.contracts.network.Members;
import health.salus.contracts.network.Organization;
import health.salus.contracts.network.Proposal;
import health.salus.ledger.Ledger;
import health.salus.node.pages.PageController;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** Who belongs to the network, how it decides, and what it has cosigned. */
@PageController
@RequestMapping("/explorer")
@ConditionalOnBooleanProperty(name = Explorer.ENABLED, matchIfMissing = true)
class NetworkPages {
    private final Explorer explorer;
    private final Ledger ledger;

    NetworkPages(Explorer explorer) {
        this.explorer = explorer;
        this.ledger = explorer.ledger();
    }

    @GetMapping("/organizations")
    String organizations(Model model) {
        Members members = new Members(ledger.state());
        Cosigners cosigners = Cosigners.of(explorer);
        model.addAttribute(
                "organizations",
                members.organizations().stream()
                        .map(organization -> Member.of(organization, members, cosigners))
                        .toList());
        model.addAttribute("governance", members.governance());
        model.addAttribute("witnesses", explorer.witnesses());
        return "explorer/organizations";
    }

    @GetMapping("/organizations/{id}")
    String organization(@PathVariable String id, Model model) {
        Members members = new Members(ledger.state());
        Organization organization = Explorer.organization(id, members).orElseThrow(Explorer::nothing);
        model.addAttribute("member", Member.of(organization, members, Cosigners.of(explorer)));
        return "explorer/organization";
    }

    @GetMapping("/certificates/{kid}")
    String certificate(@PathVariable String kid, Model model) {
        Members members = new Members(ledger.state());
        Certificate certificate = members.certificate(Explorer.digest(kid)).orElseThrow(Explorer::nothing);
        model.addAttribute("kid", kid);
        model.addAttribute("certificate", certificate);
        model.addAttribute("standing", members.standing(certificate, Instant.now()));
        return "explorer/certificate";
    }

    @GetMapping("/proposals")
    String proposals(Model model) {
        Members members = new Members(ledger.state());
        List<Ballot> open = members.openProposals(Instant.now()).stream()
                .map(proposal -> Ballot.of(proposal, members))
                .toList();
        model.addAttribute("ballots", open);
        model.addAttribute("governance", members.governance());
        model.addAttribute("voters", members.voters());
        return "explorer/proposals";
    }

    @GetMapping("/proposals/{id}")
    String proposal(@PathVariable String id, Model model) {
        Members members = new Members(ledger.state());
        Proposal proposal = members.proposal(Explorer.digest(id)).orElseThrow(Explorer::nothing);
        model.addAttribute("ballot", Ballot.of(proposal, members));
        return "explorer/proposal";
    }

    @GetMapping("/checkpoints")
    String checkpoints(Model model) {
        model.addAttribute("cosigners", Cosigners.of(explorer));
        model.addAttribute("handovers", ledger.finality().handovers().keySet());
        model.addAttribute("evidence", ledger.finality().evidence().size());
        model.addAttribute("policy", explorer.currentPolicy());
        return "explorer/checkpoints";
    }
}
