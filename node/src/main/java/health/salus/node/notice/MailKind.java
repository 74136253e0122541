package health.salus.node.notice;

import health.salus.contracts.rule.Codes;
import java.time.Duration;

/** Why a patient gets a mail. */
enum MailKind {
    /** An address is to be confirmed. */
    CONFIRMATION(Duration.ofMinutes(5)),
    /** Something happened on the ledger about the patient. */
    HAPPENED(Duration.ofHours(1)),
    /** Somebody opened the patient's record in an emergency, or justified that. */
    EMERGENCY(Duration.ofMinutes(5));

    static final Codes<MailKind> CODES = Codes.of(MailKind.class);

    private final Duration pause;

    MailKind(Duration pause) {
        this.pause = pause;
    }

    /** Least time from one mail of this kind to the patient's next; what happens meanwhile is in that one. */
    Duration pause() {
        return pause;
    }
}
