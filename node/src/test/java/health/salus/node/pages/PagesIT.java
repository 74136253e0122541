package health.salus.node.pages;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.node.NodeFixture;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesIT {
    private static final String NOWHERE = "/hospital/portal";

    @TempDir
    static Path directory;

    private static NodeFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = NodeFixture.start(directory);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {NOWHERE, "/hospital/portal/home", "/portal/assets/salus.css"})
    void whatever_is_answered_has_the_headers_of_pages(String path) throws Exception {
        var headers = get(path).headers();

        assertThat(headers.allValues("Content-Security-Policy")).hasSize(1);
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
        assertThat(headers.firstValue("Permissions-Policy").orElseThrow()).contains("publickey-credentials-get=(self)");
        assertThat(headers.allValues("Cache-Control")).hasSize(1);
    }

    @Test
    void what_a_client_says_of_a_proxy_counts_for_nothing() throws Exception {
        var headers = get("/hospital/portal/home", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https")
                .headers();

        assertThat(headers.firstValue("Location").orElse(""))
                .doesNotContain("evil")
                .doesNotContain("https");
        assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void a_page_stays_out_of_caches_and_an_asset_is_asked_for_by_its_digest() throws Exception {
        HttpResponse<String> asset = get("/portal/assets/salus.css");
        String tag = asset.headers().firstValue("ETag").orElseThrow();

        assertThat(get(NOWHERE).headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
        assertThat(asset.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(get("/portal/assets/salus.css", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void pages_name_assets_below_the_digest_of_them_all_where_they_stay_for_good_and_come_compressed()
            throws Exception {
        Matcher link = Pattern.compile("href=\"(/portal/assets/[A-Za-z0-9_-]{22}/)salus.css\"")
                .matcher(get(NOWHERE).body());
        assertThat(link.find()).isTrue();
        String path = link.group(1);

        var headers =
                get(path + "js/record-proofs.js", "Accept-Encoding", "gzip").headers();

        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("max-age=31536000", "immutable");
        assertThat(headers.firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(get(path.replaceFirst("[A-Za-z0-9_-]{22}", "A".repeat(22)) + "salus.css")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get(NOWHERE, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding"))
                .hasValue("gzip");
    }

    @ParameterizedTest
    @CsvSource({"'', en, There is no such page", "?lang=de, de, Diese Seite gibt es nicht", "?lang=xx, en, no such page"
    })
    void a_page_speaks_the_language_that_was_chosen(String query, String language, String text) throws Exception {
        HttpResponse<String> page = get(NOWHERE + query);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("<html lang=\"" + language + "\"", text);
        assertThat(page.headers().firstValue("Set-Cookie").isPresent()).isEqualTo(query.endsWith("de"));
    }

    @ParameterizedTest
    @CsvSource({"'de-AT,en;q=0.5', de", "'fr, de;q=0.4', de", "fr, en", "';;q', en"})
    void without_a_choice_it_is_the_language_that_the_browser_prefers(String header, String language) throws Exception {
        assertThat(get(NOWHERE, "Accept-Language", header).body()).contains("<html lang=\"" + language + "\"");
    }

    @Test
    void the_chosen_language_is_kept() throws Exception {
        assertThat(get(NOWHERE, "Cookie", "salus-language=de").body()).contains("<html lang=\"de\"");
    }

    @Test
    void a_form_without_its_token_is_refused_by_a_page() throws Exception {
        HttpResponse<String> answer = send(request(NOWHERE).POST(HttpRequest.BodyPublishers.ofString("a=b")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    /** Spring Security's firewall would refuse this address. */
    @Test
    void other_doors_know_nothing_of_this() throws Exception {
        HttpResponse<String> answer = get("/ledger//checkpoint%25");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(fixture.node().localAddress().resolve(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
