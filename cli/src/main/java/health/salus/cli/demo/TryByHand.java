package health.salus.cli.demo;

import java.nio.file.Path;

/** What a visitor can do while the demo's node runs. */
final class TryByHand {
    /** File of the demo's directory with the id of a patient whom nobody has registered. */
    static final String ANOTHER_PATIENT = "another-patient";

    private TryByHand() {}

    /**
     * The text.
     *
     * @param path of the demo's directory as the user named it
     */
    static String of(DemoNetwork network, Path path) {
        return """

                The node runs until Ctrl-C. Its doors:
                  %1$s/hospital/fhir/metadata    the hospital's FHIR gateway
                  %1$s/ledger                    the ledger: id, key, blocks, C2SP tiles
                  %1$s/node/health               health; /node/prometheus has the metrics
                  %3$s/explorer                  pages that show the ledger, and verify receipts in the browser
                  %3$s/hospital/portal           pages for the hospital's patients, once they are invited
                  %3$s/clinic/staff              pages for the clinic's staff, once they have bound a passkey
                Things to try:
                  ./salus log show --log %1$s/ledger --log-key %2$s/ledger.vkey
                  ./salus log entry 2 --log %1$s/ledger --log-key %2$s/ledger.vkey
                  ./salus receipt verify %2$s/receipt.txt --record %2$s/record.json --log-key %2$s/ledger.vkey
                  ./salus verify %2$s/ledger-export --log-key %2$s/ledger.vkey
                  ./salus verify %2$s/ledger-altered --log-key %2$s/ledger.vkey
                  ./salus identity list --keystore %2$s/clinic/doctor.p12 --password-file %2$s/password
                  ./salus patient invite --patient $(cat %2$s/%4$s) --gateway %1$s/hospital/fhir \\
                    --keystore %2$s/hospital/system.p12 --password-file %2$s/password
                """.formatted(
                network.address(), path, "http://localhost:" + network.address().getPort(), ANOTHER_PATIENT);
    }
}
