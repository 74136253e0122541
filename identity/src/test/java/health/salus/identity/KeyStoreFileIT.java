package health.salus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.salus.identity.KeyStoreFileException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreFileIT {
    private static final KeyStorePassword PASSWORD = KeyStorePassword.of("correct horse".toCharArray());
    private static final KeyStorePassword WRONG = KeyStorePassword.of("battery staple".toCharArray());
    private static final OrganizationCa CA =
            OrganizationCa.create("hospital-a", new TestClock()).ca();
    private static final Credential MEMBER = CA.enroll(Enrollment.of("x", Role.CLIENT, Set.of(), Duration.ofDays(1)));

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("keys.p12");
    }

    @Test
    void every_kind_of_entry_survives_reopening() {
        PatientKey patient = PatientKey.generate();
        PatientKey another = PatientKey.generate();
        Secret secret = Secret.of("PRIVATE+KEY+example+…".getBytes(StandardCharsets.UTF_8));
        KeyStoreFile store = KeyStoreFile.create(file, PASSWORD);
        store.put("member", MEMBER);
        store.put("enrollment-ca", CA.enrollmentCa());
        store.put("note-key", secret);
        store.put(patient);
        store.put(another);

        KeyStoreFile reopened = KeyStoreFile.open(file, PASSWORD);

        assertThat(reopened.aliases()).containsExactly("enrollment-ca", "member", "note-key");
        assertThat(reopened.credential("member").orElseThrow().chain()).isEqualTo(MEMBER.chain());
        assertThat(OrganizationCa.of(reopened.credential("enrollment-ca").orElseThrow(), new TestClock())
                        .root())
                .isEqualTo(CA.root());
        assertThat(reopened.secret("note-key")).contains(secret);
        assertThat(reopened.patients()).containsExactlyInAnyOrder(patient.handle(), another.handle());
        PatientKey found = reopened.patientKey(patient.handle()).orElseThrow();
        assertThat(found.kid()).isEqualTo(patient.kid());
        assertThat(found.sign(new byte[0]).verify(patient.key().publicKey())).isTrue();
    }

    @Test
    void what_is_not_there_is_absent() {
        KeyStoreFile store = KeyStoreFile.create(file, PASSWORD);
        store.put("secret", Secret.of(new byte[] {1}));

        assertThat(store.credential("member")).isEmpty();
        assertThat(store.credential("secret")).isEmpty();
        assertThat(store.secret("member")).isEmpty();
        assertThat(store.patientKey(Handle.random())).isEmpty();
        assertThat(store.patients()).isEmpty();
    }

    @Test
    void a_later_put_replaces_the_earlier_one() {
        KeyStoreFile store = KeyStoreFile.create(file, PASSWORD);
        store.put("secret", Secret.of(new byte[] {1}));
        store.put("secret", Secret.of(new byte[] {2}));

        assertThat(KeyStoreFile.open(file, PASSWORD).secret("secret")).contains(Secret.of(new byte[] {2}));
    }

    @Test
    void only_the_owner_can_read_it_and_nothing_is_left_beside_it() throws IOException {
        KeyStoreFile.create(file, PASSWORD).put("member", MEMBER);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void another_tool_reads_it() throws Exception {
        KeyStoreFile.create(file, PASSWORD).put("member", MEMBER);

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "correct horse".toCharArray());
        }
        assertThat(store.getCertificate("member"))
                .isEqualTo(MEMBER.chain().endEntity().x509());
        assertThat(store.getCertificateChain("member")).hasSize(3);
    }

    @Test
    void each_trouble_has_its_reason() throws IOException {
        assertFails(Reason.MISSING, PASSWORD);
        KeyStoreFile.create(file, PASSWORD).put("member", MEMBER);
        assertFails(Reason.WRONG_PASSWORD, WRONG);
        assertThatThrownBy(() -> KeyStoreFile.create(file, PASSWORD))
                .isInstanceOfSatisfying(
                        KeyStoreFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.EXISTS));

        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        assertFails(Reason.DAMAGED, PASSWORD);
        Files.write(file, new byte[0]);
        assertFails(Reason.DAMAGED, PASSWORD);
        Files.delete(file);
        Files.createDirectory(file);
        assertFails(Reason.STORAGE, PASSWORD);
    }

    @Test
    void a_put_that_fails_changes_nothing() throws IOException {
        Path vanishing = Files.createDirectory(directory.resolve("vanishing"));
        KeyStoreFile store = KeyStoreFile.create(vanishing.resolve("keys.p12"), PASSWORD);
        store.put("secret", Secret.of(new byte[] {1}));
        Files.delete(vanishing.resolve("keys.p12"));
        Files.delete(vanishing);

        assertThatThrownBy(() -> store.put("secret", Secret.of(new byte[] {2})))
                .isInstanceOfSatisfying(
                        KeyStoreFileException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORAGE));

        assertThat(store.secret("secret")).contains(Secret.of(new byte[] {1}));
    }

    @Test
    void a_flipped_byte_anywhere_is_noticed() throws IOException {
        KeyStoreFile.create(file, PASSWORD).put("member", MEMBER);
        byte[] content = Files.readAllBytes(file);
        for (int i = 0; i < content.length; i += 61) {
            byte[] mutated = content.clone();
            mutated[i] ^= 0x10;
            Files.write(file, mutated);
            assertThatThrownBy(() -> KeyStoreFile.open(file, PASSWORD).credential("member"))
                    .as("byte %d", i)
                    .isInstanceOf(KeyStoreFileException.class)
                    .hasMessageContaining("keys.p12");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Member", "1st", "a b", "patient-1", "é"})
    void an_alias_is_a_slug_that_is_not_a_patients(String alias) {
        KeyStoreFile store = KeyStoreFile.create(file, PASSWORD);

        for (Runnable use : List.<Runnable>of(
                () -> store.credential(alias),
                () -> store.secret(alias),
                () -> store.put(alias, MEMBER),
                () -> store.put(alias, Secret.of(new byte[] {1})))) {
            assertThatThrownBy(use::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void assertFails(Reason reason, KeyStorePassword password) {
        assertThatThrownBy(() -> KeyStoreFile.open(file, password))
                .isInstanceOfSatisfying(
                        KeyStoreFileException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
