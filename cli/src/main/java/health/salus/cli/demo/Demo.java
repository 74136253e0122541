package health.salus.cli.demo;

import health.salus.node.RunningNode;
import java.util.List;

/** The demo's steps in their order. */
final class Demo {
    private Demo() {}

    /** Plays all of them. @throws StepFailedException where one did not hold */
    static void play(Stage stage, RunningNode node, List<Sample> samples) {
        Loading loading = new Loading(stage, samples);
        loading.enroll();
        loading.load();

        Recording recording = new Recording(stage, loading.patientId());
        recording.write();
        recording.check();

        Consent consent = new Consent(stage, recording, loading.patientId());
        consent.register();
        consent.ask();
        consent.approve();
        consent.fetch();
        consent.verify();
        consent.whoSawWhat();
        consent.revoke();

        new EmergencyAccess(stage, consent).play();

        Tampering tampering = new Tampering(stage, node, recording.version());
        tampering.row();
        tampering.ledger();
        tampering.erasure();
        tampering.privacy(loading.personalData());
    }
}
