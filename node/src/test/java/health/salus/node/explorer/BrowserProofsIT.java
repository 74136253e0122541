package health.salus.node.explorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.salus.fhir.FhirJson;
import health.salus.fhir.FhirJsonException;
import health.salus.fhir.SampleData;
import health.salus.fhir.canonical.Canonicalization;
import health.salus.fhir.canonical.OwnBases;
import health.salus.foundation.Sha256;
import health.salus.tlog.merkle.ConsistencyProof;
import health.salus.tlog.merkle.InclusionProof;
import health.salus.tlog.merkle.ProofCheck;
import health.salus.tlog.merkle.TreeHead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Java computes of trees and of resources, Chromium computes, too. */
class BrowserProofsIT {
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

    @Test
    void inclusion_and_consistency_proofs_of_all_small_trees() {
        SyntheticLog log = new SyntheticLog();
        for (int i = 0; i < 24; i++) {
            log.append(new byte[] {(byte) i});
        }
        List<Map<String, Object>> proofs = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        Random random = new Random(7);
        for (int size = 1; size <= log.size(); size++) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = log.prove(index, size);
                add(proofs, expected, proof, log.leaf(index), log.head(size));
                InclusionProof moved = new InclusionProof(random.nextInt(26), proof.path());
                add(proofs, expected, moved, log.leaf(index), log.head(size));
                add(proofs, expected, proof, log.leaf(index), log.head(1 + random.nextInt(24)));
            }
            for (int older = 1; older <= size; older++) {
                ConsistencyProof proof = log.proveConsistency(older, size);
                add(proofs, expected, proof, log.head(older), log.head(size));
                add(proofs, expected, proof, log.head(1 + random.nextInt(24)), log.head(size));
                add(proofs, expected, proof, log.head(older), log.head(1 + random.nextInt(24)));
                add(proofs, expected, proof, new TreeHead(older, log.leaf(0)), log.head(size));
            }
        }
        List<String> found = browser.call("""
                async (proofs) => {
                  const { checkInclusion, checkConsistency } = await import('/js/verify/merkle.js');
                  const { fromBase64url } = await import('/js/verify/bytes.js');
                  return Promise.all(proofs.map(async ({ first, path, second, leaf }) => {
                    const hashes = path.map(fromBase64url);
                    const [older, newer] = [first, second].map(({ size, root }) => [BigInt(size), root && fromBase64url(root)]);
                    return (leaf
                      ? await checkInclusion(fromBase64url(leaf), older[0], hashes, ...newer)
                      : await checkConsistency(hashes, ...older, ...newer)) ?? 'verified';
                  }));
                }""", proofs);
        assertThat(found).isEqualTo(expected);
    }

    private static void add(
            List<Map<String, Object>> proofs, List<String> expected, InclusionProof proof, Sha256 leaf, TreeHead head) {
        proofs.add(Map.of(
                "first", Map.of("size", (int) proof.index()),
                "path", proof.path().stream().map(Sha256::base64Url).toList(),
                "second", described(head),
                "leaf", leaf.base64Url()));
        expected.add(verdict(proof.check(leaf, head)));
    }

    private static void add(
            List<Map<String, Object>> proofs,
            List<String> expected,
            ConsistencyProof proof,
            TreeHead older,
            TreeHead newer) {
        proofs.add(Map.of(
                "first", described(older),
                "path", proof.path().stream().map(Sha256::base64Url).toList(),
                "second", described(newer)));
        expected.add(verdict(proof.check(older, newer)));
    }

    private static Map<String, Object> described(TreeHead head) {
        return Map.of("size", (int) head.size(), "root", head.root().base64Url());
    }

    private static String verdict(ProofCheck check) {
        return switch (check) {
            case ProofCheck.Verified verified -> "verified";
            case ProofCheck.Refused(String reason) -> reason;
        };
    }

    @Test
    void canonical_forms_of_synthetic_patients_and_of_odd_numbers_and_strings() {
        List<String> resources = new ArrayList<>();
        byte[] bundle = SampleData.read(
                SampleData.in(Path.of("../sample-data/bundles")).patients().getFirst());
        for (JsonNode entry : FhirJson.resource(bundle).get("entry")) {
            resources.add(new String(FhirJson.bytes(entry.get("resource")), UTF_8));
        }
        for (String value : List.of(
                "2.00",
                "1e2",
                "1.50E+1",
                "1e-3",
                "-0.0",
                "-0",
                "0e5",
                "0e-5",
                "-1.5e3",
                "10.0e-1",
                "9007199254740993",
                "1e398",
                "1e399",
                "1e400",
                "1e-399",
                "1e-400",
                "1e999999999999",
                "01",
                "1.",
                ".5",
                "+1",
                "-",
                "1e",
                "NaN",
                "tru",
                "true",
                "null",
                "\"\\ud800\"",
                "\"\\ud83d\\ude00\"",
                "\"\\u001f\\u007f\\u2028\\/\"",
                "\"\t\"",
                "\"\\x\"",
                "\"",
                "[1,]",
                "[1 2]",
                "{\"b\":1,\"b\":2}",
                "{\"\ufb33\":1,\"\ud83d\ude00\":2,\"\\r\":3}",
                "[".repeat(99) + "]".repeat(99),
                "[".repeat(100) + "]".repeat(100),
                "1}",
                "{\"reference\":\"" + BASE + "/Patient/1\"}",
                "{\"reference\":\"" + BASE + "s/1\"}",
                "{\"reference\":[\"" + BASE + "/Patient/1\"]}")) {
            resources.add("{\"resourceType\":\"X\",\"text\":1,\"a\":" + value + "}");
        }
        List<String> found = browser.call(
                """
                async (resources) => {
                  const { canonicalBytes, parseResource } = await import('/js/verify/fhir.js');
                  const { base64url } = await import('/js/verify/bytes.js');
                  const { sha256 } = await import('/js/verify/sha256.js');
                  return Promise.all(resources.map(async ([text, base]) => {
                    try {
                      const resource = parseResource(new TextEncoder().encode(text));
                      return base64url(sha256(canonicalBytes(resource, [base], ['text', 'meta'])));
                    } catch {
                      return 'refused';
                    }
                  }));
                }""", resources.stream().map(text -> List.of(text, BASE)).toList());
        for (int i = 0; i < resources.size(); i++) {
            assertThat(found.get(i)).as(resources.get(i)).isEqualTo(canonicalDigest(resources.get(i)));
        }
    }

    @Test
    void names_that_mean_something_to_objects_are_names_like_any_others() {
        List<String> texts = List.of(
                "{\"__proto__\":{\"polluted\":true},\"resourceType\":\"X\"}",
                "{\"a\":{\"__proto__\":{\"polluted\":true}},\"resourceType\":\"X\"}",
                "{\"constructor\":{\"prototype\":{\"polluted\":true}},\"resourceType\":\"X\"}",
                "{\"__proto__\":[true],\"prototype\":\"polluted\",\"resourceType\":\"X\"}");

        List<String> found = browser.call("""
                async (texts) => {
                  const { canonical, parseObject } = await import('/js/verify/canonical-json.js');
                  const { canonicalBytes, parseResource } = await import('/js/verify/fhir.js');
                  const { base64url } = await import('/js/verify/bytes.js');
                  const { sha256 } = await import('/js/verify/sha256.js');
                  return texts.flatMap((text) => [
                    canonical(parseObject(text)),
                    base64url(sha256(canonicalBytes(parseResource(new TextEncoder().encode(text)), [], ['text', 'meta']))),
                    String({}.polluted ?? [].polluted ?? 'clean'),
                  ]);
                }""", texts);

        assertThat(found)
                .isEqualTo(texts.stream()
                        .flatMap(text -> Stream.of(text, canonicalDigest(text), "clean"))
                        .toList());
    }

    private static String canonicalDigest(String resource) {
        try {
            return Sha256.of(Canonicalization.STATIC_EXACT.bytes(
                            FhirJson.resource(resource.getBytes(UTF_8)), OwnBases.of(BASE)))
                    .base64Url();
        } catch (FhirJsonException e) {
            return "refused";
        }
    }
}
