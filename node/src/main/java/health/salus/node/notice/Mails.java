package health.salus.node.notice;

import health.salus.identity.Handle;
import health.salus.node.web.Problem;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** Mails to the patients of one organization: to whom, and which wait. Thread-safe. */
public final class Mails {
    /** Longest address, in characters (RFC 5321 §4.5.3.1.3). */
    public static final int LONGEST_ADDRESS = 254;

    /** What mail servers take without quotation marks; nothing that could end a header. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

    private final MailAddresses addresses;
    private final MailQueue queue;

    /** @param jdbc the organization's own database */
    public Mails(JdbcTemplate jdbc, SecureRandom random, InstantSource clock) {
        this.addresses = new MailAddresses(jdbc, random, clock);
        this.queue = new MailQueue(jdbc, clock);
    }

    MailAddresses addresses() {
        return addresses;
    }

    MailQueue queue() {
        return queue;
    }

    /** Has the patient told that something happened, if they want to be. */
    public void happened(Handle patient, boolean emergency) {
        if (confirmed(patient).isPresent()) {
            queue.put(patient, emergency ? MailKind.EMERGENCY : MailKind.HAPPENED);
        }
    }

    /** Where the patient is told. */
    public Optional<String> confirmed(Handle patient) {
        return addresses.of(patient).flatMap(MailAddresses.Addresses::confirmed);
    }

    /** Where the patient wants to be told, and has to confirm it. */
    public Optional<String> pending(Handle patient) {
        return addresses.of(patient).flatMap(MailAddresses.Addresses::pending);
    }

    /**
     * Enters an address, and has a link sent there that confirms it.
     *
     * @param language of the mails
     * @throws Problem where it is none
     */
    public void enter(Handle patient, String address, Locale language) {
        if (address.length() > LONGEST_ADDRESS || !ADDRESS.matcher(address).matches()) {
            throw Problem.of(400, "invalid-argument", "address (expected: local@domain in ASCII)");
        }
        addresses.enter(patient, address, language);
        queue.put(patient, MailKind.CONFIRMATION);
    }

    /** Confirms an address. @return whether the code was good, which is so once */
    public boolean confirm(String code) {
        return addresses.confirm(code);
    }

    /** Tells the patient nothing any more. */
    public void remove(Handle patient) {
        addresses.remove(patient);
        queue.drop(patient);
    }
}
