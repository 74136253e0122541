package health.salus.node.explorer;

import health.salus.contracts.network.Members;
import health.salus.foundation.Sha256;
import health.salus.ledger.Ledger;
import health.salus.ledger.Submission;
import health.salus.ledger.block.Entry;
import health.salus.ledger.transaction.Transaction;
import health.salus.node.pages.PageController;
import health.salus.node.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger from its overview down to a single entry. */
@PageController
@RequestMapping("/explorer")
@ConditionalOnBooleanProperty(name = Explorer.ENABLED, matchIfMissing = true)
class BlockPages {
    private static final int PAGE = 25;
    private static final int NEWEST = 8;

    private final Explorer explorer;
    private final Ledger ledger;

    BlockPages(Explorer explorer) {
        this.explorer = explorer;
        this.ledger = explorer.ledger();
    }

    @GetMapping
    String overview(Model model) {
        Members members = new Members(ledger.state());
        long height = ledger.height();
        model.addAttribute("network", ledger.network());
        model.addAttribute("head", ledger.log().head());
        model.addAttribute("last", Block.at(ledger, height));
        model.addAttribute("status", ledger.finality().status());
        model.addAttribute("governance", members.governance());
        model.addAttribute("organizations", members.organizations().size());
        model.addAttribute("proposals", members.openProposals(Instant.now()).size());
        model.addAttribute("failed", ledger.failure().isPresent());
        model.addAttribute("blocks", blocks(height, NEWEST));
        return "explorer/overview";
    }

    /** Blocks from the newest down, or those below {@code before}. */
    @GetMapping("/blocks")
    String blocks(@RequestParam Optional<Long> before, Model model) {
        long end = before.orElse(Long.MAX_VALUE);
        if (end < 1) {
            throw Problem.of(400, "invalid-argument", "before is 1 or more");
        }
        long newest = Math.min(end - 1, ledger.height());
        model.addAttribute("blocks", blocks(newest, PAGE));
        model.addAttribute("height", ledger.height());
        model.addAttribute("newer", newest < ledger.height() ? newest + PAGE + 1 : 0);
        model.addAttribute("older", newest >= PAGE ? newest - PAGE + 1 : 0);
        return "explorer/blocks";
    }

    private List<Block> blocks(long newest, int most) {
        return LongStream.rangeClosed(Math.max(0, newest - most + 1), newest)
                .mapToObj(height -> Block.at(ledger, height))
                .toList()
                .reversed();
    }

    @GetMapping("/blocks/{height}")
    String block(@PathVariable long height, Model model) {
        Block block = Block.at(ledger, explorer.checkedHeight(height));
        model.addAttribute("block", block);
        model.addAttribute("lines", block.lines(ledger));
        model.addAttribute("height", ledger.height());
        model.addAttribute("bundle", explorer.bundle(block.header().index()));
        return "explorer/block";
    }

    @GetMapping("/transactions/{id}")
    String transaction(@PathVariable String id, Model model) {
        Submission.Committed committed = ledger.transaction(Explorer.digest(id)).orElseThrow(Explorer::nothing);
        if (!(Entry.decode(ledger.log().entry(committed.index())) instanceof Entry.TransactionEntry(byte[] jws))) {
            throw Explorer.nothing();
        }
        Transaction transaction = Transaction.parse(jws);
        Block block = Block.at(ledger, committed.height());
        model.addAttribute("id", id);
        model.addAttribute("committed", committed);
        model.addAttribute("block", block);
        model.addAttribute("body", transaction.body());
        model.addAttribute("arguments", Arguments.of(transaction.body()));
        model.addAttribute("signer", transaction.signer().base64Url());
        model.addAttribute("certificate", new Members(ledger.state()).certificate(transaction.signer()));
        model.addAttribute("bundle", explorer.bundle(committed.index()));
        return "explorer/transaction";
    }

    /** The bytes of one entry, as the log's leaf hash covers them. */
    @GetMapping("/entries/{index}")
    ResponseEntity<byte[]> entry(@PathVariable long index) {
        if (index < 0 || index >= ledger.log().head().size()) {
            throw Explorer.nothing();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .body(ledger.log().entry(index));
    }

    /** Goes to the block, transaction, certificate or organization that the text names. */
    @GetMapping("/search")
    String search(@RequestParam("q") String text) {
        String wanted = text.strip();
        if (wanted.matches("[0-9]{1,18}")) {
            return "redirect:/explorer/blocks/" + Long.parseLong(wanted);
        }
        if (Explorer.organization(wanted, new Members(ledger.state())).isPresent()) {
            return "redirect:/explorer/organizations/" + wanted;
        }
        Sha256 digest = Explorer.digest(wanted);
        return ledger.transaction(digest).isPresent()
                ? "redirect:/explorer/transactions/" + digest.base64Url()
                : "redirect:/explorer/certificates/" + digest.base64Url();
    }
}
