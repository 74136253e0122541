package health.salus.node.explorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.canonical.OwnBases;
import health.salus.fhir.receipt.RecordReceipt;
import health.salus.fhir.seal.RecordEntry;
import health.salus.fhir.seal.RecordEntry.Kind;
import health.salus.fhir.seal.Seal;
import health.salus.foundation.Json.JsonObject;
import health.salus.foundation.Sha256;
import health.salus.ledger.contract.RejectionCode;
import health.salus.ledger.finality.WitnessSet;
import health.salus.ledger.receipt.Receipt;
import health.salus.ledger.transaction.Transaction;
import health.salus.node.explorer.SyntheticLedger.Block;
import health.salus.node.explorer.SyntheticLedger.Member;
import health.salus.tlog.merkle.TreeHead;
import health.salus.tlog.note.NoteSigner;
import health.salus.tlog.note.SignedNote;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Java finds of a file, Chromium finds, too. */
class BrowserVerificationIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String OBSERVATION = """
            {"resourceType":"Observation","id":"17","meta":{"versionId":"2","security":[
              {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R","display":"restricted"},
              {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]},
            "text":{"status":"generated","div":"<div>2.00 \u00b5mol/l</div>"},
            "subject":{"reference":"https://fhir.example/r4/Patient/1"},"note":[{"text":"\\u0001\\n\ud83d\ude00"}],
            "valueQuantity":{"value":2.00,"unit":"\u00b5mol/l"},"referenceRange":[{"low":{"value":-1.50E+1}}]}""";
    private static final String BASE = ReceiptCase.BASE;
    private static ModulesInBrowser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = ModulesInBrowser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static List<String> verdictsOfChromium(List<ReceiptCase> cases) {
        List<String> verdicts =
                browser.call("""
                async (cases) => {
                  const { verifyReceipt } = await import('/js/verify/verifier.js');
                  const outcome = ({ kind, height, rejection, version, verified, reason }) => !verified ? reason
                    : `verified ${height} ${kind === 'record' ? version : rejection ?? 'accepted'}`;
                  return Promise.all(cases.map(async (one) => outcome(await verifyReceipt(
                    one.resource ? { ...one, resource: new TextEncoder().encode(one.resource) } : one))));
                }""", cases.stream().map(ReceiptCase::argument).toList());
        return verdicts.stream().map(ReceiptCase::simplified).toList();
    }

    private static void assertAgreement(List<ReceiptCase> cases) {
        List<String> verdicts = verdictsOfChromium(cases);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(verdicts.get(i))
                    .as(() -> "of a file that begins with:\n" + cases.getFirst().file())
                    .isEqualTo(cases.get(i).verdict());
        }
    }

    /** Flips one bit of each so many characters, the next higher one each time; letters stay ASCII. */
    private static List<ReceiptCase> flippedFiles(ReceiptCase whole, int step) {
        List<ReceiptCase> flipped = new ArrayList<>(List.of(whole));
        for (int i = 0; i < whole.file().length(); i += step) {
            flipped.add(new ReceiptCase(flipped(whole.file(), i), whole.trust(), whole.resource()));
        }
        return flipped;
    }

    private static String flipped(String text, int at) {
        return text.substring(0, at) + (char) (text.charAt(at) ^ (1 << at % 7)) + text.substring(at + 1);
    }

    @Test
    void receipts_of_one_log_whole_or_with_any_character_altered() {
        SyntheticLedger ledger = new SyntheticLedger();
        ledger.grow(5);
        Block block = ledger.append(
                List.of(ledger.transaction(), ledger.transaction(), ledger.transaction()),
                new TreeMap<>(Map.of(1, new RejectionCode("grant-expired"))),
                Optional.empty());
        ledger.grow(7);
        String key = ledger.log.verifier().vkey();

        assertThat(new ReceiptCase(ledger.receipt(block, 0).encode(), key).verdict())
                .isEqualTo("verified 6 accepted");
        assertAgreement(List.of(
                new ReceiptCase(ledger.receipt(block, 0).encode(), key),
                new ReceiptCase(ledger.receipt(block, 2).encode(), key)));
        assertAgreement(flippedFiles(new ReceiptCase(ledger.receipt(block, 1).encode(), key), 1));
    }

    @Test
    void receipts_of_what_a_passkey_signed() {
        SyntheticLedger ledger = new SyntheticLedger();
        Block block = ledger.append(List.of(ledger.signedByPasskey()));
        ReceiptCase whole = new ReceiptCase(
                ledger.receipt(block, 0).encode(), ledger.log.verifier().vkey());

        assertThat(whole.verdict()).isEqualTo("verified 1 accepted");
        assertAgreement(flippedFiles(whole, 1));
    }

    @Test
    void receipts_that_witnesses_made_final_and_how_they_changed() {
        SyntheticLedger ledger = new SyntheticLedger();
        List<Member> first =
                List.of(Member.of("clinic"), Member.of("hospital"), Member.of("insurer"), Member.of("lab"));
        ledger.handOver(first, 3);
        String policy =
                new WitnessSet(first.stream().map(Member::described).toList(), 3).policyFile(SyntheticLedger.ORIGIN);
        ledger.grow(3);
        ledger.handOver(List.of(first.get(0), first.get(2), Member.of("registry")), 3);
        Block block = ledger.append(List.of(ledger.transaction()));
        ReceiptCase whole = new ReceiptCase(ledger.receipt(block, 0).encode(), policy);

        assertThat(whole.verdict()).startsWith("verified");
        assertAgreement(flippedFiles(whole, 3));
        List<ReceiptCase> otherPolicies = new ArrayList<>();
        for (int i = 0; i < policy.length(); i += 5) {
            otherPolicies.add(new ReceiptCase(whole.file(), flipped(policy, i)));
        }
        otherPolicies.add(new ReceiptCase(whole.file(), ledger.log.verifier().vkey()));
        assertAgreement(otherPolicies);
        List<ReceiptCase> cosigned = new ArrayList<>();
        for (int cosigners = 0; cosigners < 3; cosigners++) {
            SignedNote checkpoint = ledger.checkpoint(ledger.entries.size(), cosigners);
            cosigned.add(new ReceiptCase(ledger.receipt(block, 0, checkpoint).encode(), policy));
        }
        assertAgreement(cosigned);
    }

    @Test
    void well_signed_receipts_that_prove_something_else() {
        SyntheticLedger ledger = new SyntheticLedger();
        ledger.grow(2);
        Block block = ledger.append(List.of(ledger.transaction(), ledger.transaction()));
        Block next = ledger.append(List.of(ledger.transaction(
                "other.0123456789abcdef",
                "access",
                "revoke",
                JsonObject.builder().build())));
        ledger.grow(2);
        Receipt whole = ledger.receipt(block, 0);
        Receipt ofNext = ledger.receipt(next, 0);
        Receipt older = ledger.receipt(block, 0, ledger.checkpoint(ledger.entries.size() - 1));
        NoteSigner foreign = NoteSigner.generate(SyntheticLedger.ORIGIN, RANDOM);
        List<Receipt> receipts = List.of(
                ofNext, // signed for another network
                older,
                receipt(whole, whole.transaction(), whole.block(), older), // two checkpoints
                receipt(whole, ofNext.transaction(), whole.block(), whole),
                receipt(whole, whole.transaction(), ofNext.block(), ofNext),
                receipt(whole, whole.transaction(), whole.block(), ofNext),
                receipt(ledger.receipt(block, 1), whole.transaction(), whole.block(), whole));
        List<ReceiptCase> cases = new ArrayList<>();
        for (Receipt receipt : receipts) {
            cases.add(new ReceiptCase(receipt.encode(), ledger.log.verifier().vkey()));
            cases.add(new ReceiptCase(receipt.encode(), foreign.verifier().vkey()));
            cases.add(new ReceiptCase(
                    receipt.encode(), "log " + ledger.log.verifier().vkey() + "\nquorum none\n"));
        }
        assertThat(cases.stream().map(ReceiptCase::verdict).distinct()).hasSizeGreaterThan(5);
        assertAgreement(cases);
    }

    private static Receipt receipt(
            Receipt first, Transaction transaction, health.salus.ledger.block.BlockHeader header, Receipt second) {
        return new Receipt(transaction, header, first.transactionProof(), second.blockProof(), List.of());
    }

    @Test
    void receipts_of_records_and_the_records_themselves() {
        ObjectNode observation = FhirJson.resource(OBSERVATION.getBytes(UTF_8));
        Seal seal = Seal.of(observation, OwnBases.of(BASE), RANDOM);
        SyntheticLedger ledger = new SyntheticLedger();
        RecordReceipt receipt = recordReceipt(ledger, seal, Kind.VERSION, "anchor");
        String key = ledger.log.verifier().vkey();
        ReceiptCase whole = new ReceiptCase(receipt.encode(), key, OBSERVATION);

        assertThat(whole.verdict()).isEqualTo("verified 2 Observation/17/_history/2");
        assertAgreement(flippedFiles(whole, 1));
        List<ReceiptCase> altered = new ArrayList<>();
        for (int i = 0; i < OBSERVATION.length(); i++) {
            altered.add(new ReceiptCase(whole.file(), key, flipped(OBSERVATION, i)));
        }
        altered.add(new ReceiptCase(whole.file(), key, OBSERVATION.replace(BASE + "/", "")));
        altered.add(new ReceiptCase(whole.file(), key, OBSERVATION.replace("2.00,", "2.0,")));
        altered.add(new ReceiptCase(whole.file(), key, OBSERVATION.replace("-1.50E+1", "-15.0")));
        altered.add(new ReceiptCase(
                whole.file(), key, OBSERVATION.replace("\"display\":\"restricted\"", "\"display\":\"R\"")));
        altered.add(new ReceiptCase(whole.file(), key));
        altered.add(new ReceiptCase(
                recordReceipt(ledger, seal, Kind.VERSION, "erase").encode(), key));
        altered.add(new ReceiptCase(
                recordReceipt(ledger, seal, Kind.DISCLOSURE, "anchor").encode(), key));
        altered.add(new ReceiptCase(
                new RecordReceipt(seal, Kind.DISCLOSURE, receipt.inclusion(), receipt.anchor()).encode(), key));
        assertAgreement(altered);
    }

    /** What pages of records show; a blob takes the place of each address. */
    @Test
    void the_element_proof_state_tells_what_came_out() {
        Seal seal = Seal.of(FhirJson.resource(OBSERVATION.getBytes(UTF_8)), OwnBases.of(BASE), RANDOM);
        SyntheticLedger ledger = new SyntheticLedger();
        String receipt = recordReceipt(ledger, seal, Kind.VERSION, "anchor").encode();

        List<String> found = browser.call(
                """
                async ([receipt, resource, altered, trust, base]) => {
                  await import('/js/proof-state.js');
                  const url = (text) => URL.createObjectURL(new Blob([text]));
                  const outcome = (attributes) => new Promise((resolve) => {
                    const element = document.createElement('proof-state');
                    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
                    ['pending', 'waiting', 'unsupported', 'failed'].forEach((name) => { element.dataset[name] = name; });
                    Object.assign(element.dataset, { verified: 'yes, block {1}', refused: 'no: {0}' });
                    element.addEventListener('proof', ({ detail: { state } }) => {
                      const { role, textContent } = element.firstElementChild;
                      return state === 'pending' || resolve(`${state} ${role} ${textContent}`);
                    });
                    document.body.append(element);
                  });
                  const good = { receipt: url(receipt), resource: url(resource), trust: url(trust), base };
                  return Promise.all([
                    outcome(good),
                    outcome({ ...good, resource: url(altered) }),
                    outcome({ ...good, receipt: '/js/nowhere.js?404' }),
                  ]);
                }""",
                List.of(
                        receipt,
                        OBSERVATION,
                        OBSERVATION.replace("2.00,", "2.0,"),
                        ledger.log.verifier().vkey(),
                        BASE));

        assertThat(found)
                .containsExactly(
                        "verified status ✓ yes, block 2",
                        "refused status ✗ no: the resource is not the one that was sealed; differing: [CONTENT]",
                        "failed status failed");
    }

    private static RecordReceipt recordReceipt(SyntheticLedger ledger, Seal seal, Kind kind, String action) {
        SyntheticLog records = new SyntheticLog();
        for (int i = 0; i < 9; i++) {
            records.append(new RecordEntry(kind, i == 5 ? seal.commitment() : Sha256.of(new byte[] {(byte) i}))
                    .encode());
        }
        ledger.grow(1);
        Block block =
                ledger.append(List.of(ledger.transaction(SyntheticLedger.NETWORK, "records", action, anchor(records))));
        return new RecordReceipt(seal, kind, records.prove(5, 9), ledger.receipt(block, 0));
    }

    private static JsonObject anchor(SyntheticLog records) {
        TreeHead head = records.head(records.size());
        return JsonObject.builder()
                .put("root", head.root().base64Url())
                .put("size", head.size())
                .build();
    }

    /** Tells how long a page needs for as many proofs as a long patient history has; nothing depends on it. */
    @Test
    void a_thousand_receipts_of_records() {
        int count = 1_000;
        SyntheticLedger ledger = new SyntheticLedger();
        SyntheticLog records = new SyntheticLog();
        List<Seal> seals = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String resource = OBSERVATION.replace("\"17\"", "\"" + i + "\"");
            resources.add(resource);
            seals.add(Seal.of(FhirJson.resource(resource.getBytes(UTF_8)), OwnBases.of(BASE), RANDOM));
            records.append(new RecordEntry(Kind.VERSION, seals.get(i).commitment()).encode());
        }
        ledger.grow(1_000);
        Block block = ledger.append(
                List.of(ledger.transaction(SyntheticLedger.NETWORK, "records", "anchor", anchor(records))));
        List<Map<String, Object>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ledger.grow(1); // so that no two have a checkpoint in common
            RecordReceipt receipt =
                    new RecordReceipt(seals.get(i), Kind.VERSION, records.prove(i, count), ledger.receipt(block, 0));
            requests.add(new ReceiptCase(receipt.encode(), ledger.log.verifier().vkey(), resources.get(i)).argument());
        }
        List<String> measured = browser.call("""
                async (requests) => {
                  const { verifyReceipt } = await import('/js/verify/verifier.js');
                  const encoded = requests.map((one) => ({ ...one, resource: new TextEncoder().encode(one.resource) }));
                  await verifyReceipt(encoded[0]);
                  let longest = 0;
                  let last = performance.now();
                  const beat = setInterval(() => {
                    longest = Math.max(longest, performance.now() - last);
                    last = performance.now();
                  }, 5);
                  const start = performance.now();
                  const results = await Promise.all(encoded.map(verifyReceipt));
                  clearInterval(beat);
                  const verified = results.filter((result) => result.verified).length;
                  return [verified, performance.now() - start, longest].map((number) => String(Math.round(number)));
                }""", requests);
        System.out.println("1,000 record receipts verified in Chromium: " + measured.get(1)
                + " ms; longest time without the page: " + measured.get(2) + " ms");
        assertThat(measured.getFirst()).isEqualTo(Integer.toString(count));
    }
}
