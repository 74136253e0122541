package health.salus.node.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import health.salus.foundation.Sha256;
import health.salus.node.NodeFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplorerPagesIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static ExplorerNetwork network;

    @BeforeAll
    static void start() throws IOException {
        network = new ExplorerNetwork(directory);
    }

    @AfterAll
    static void stop() {
        network.close();
    }

    static Stream<String> pages() {
        return Stream.of(
                "/explorer",
                "/explorer/blocks",
                "/explorer/blocks?before=2",
                "/explorer/blocks/0",
                "/explorer/blocks/3",
                "/explorer/transactions/" + network.proposed.id().base64Url(),
                "/explorer/transactions/" + network.rejected.id().base64Url(),
                "/explorer/organizations",
                "/explorer/organizations/clinic",
                "/explorer/certificates/" + network.kid(),
                "/explorer/proposals",
                "/explorer/proposals/" + network.proposed.id().base64Url(),
                "/explorer/checkpoints",
                "/explorer/verify");
    }

    /** Whatever a page of the explorer links to is there. */
    @Test
    void every_page_is_there_in_both_languages_and_no_link_is_dead() throws Exception {
        for (String page : pages().toList()) {
            HttpResponse<String> english = get(page);
            HttpResponse<String> german = get(page + (page.contains("?") ? "&" : "?") + "lang=de");

            assertThat(english.statusCode()).as(page).isEqualTo(200);
            assertThat(german.body()).as(page).contains("<html lang=\"de\"").doesNotContain("??");
            assertThat(english.body()).as(page).doesNotContain("??");
            for (String link : links(english.body())) {
                assertThat(get(link).statusCode())
                        .as(page + " links to " + link)
                        .isEqualTo(200);
            }
        }
    }

    private static Iterable<String> links(String html) {
        return Pattern.compile("(?:href|src)=\"(/[^\"]*)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .distinct()
                .toList();
    }

    @Test
    void a_transaction_shows_its_outcome_and_its_arguments() throws Exception {
        String proposed = get("/explorer/transactions/" + network.proposed.id().base64Url())
                .body();
        String rejected = get("/explorer/transactions/" + network.rejected.id().base64Url())
                .body();

        assertThat(proposed).contains("The network accepted it", "change.organization", "lab", "admit-organization");
        assertThat(rejected).contains("The network rejected it: ");
    }

    @Test
    void the_checkpoint_shows_who_cosigned_it_and_blocks_whether_they_are_final() throws Exception {
        assertThat(get("/explorer/checkpoints").body()).contains("/explorer/organizations/clinic", "answers");
        assertThat(get("/explorer/organizations").body())
                .contains("Final is what 1 of 1 nodes have cosigned", "answers");
        assertThat(get("/explorer/organizations/clinic").body()).contains("https://clinic.example", "answers");
        assertThat(get("/explorer/blocks/3").body()).contains("A quorum of the network’s nodes has made this final");
    }

    @Test
    void an_open_proposal_shows_who_approved_of_it() throws Exception {
        assertThat(get("/explorer/proposals").body()).contains("Admit lab", "1 of 2 approvals");
        assertThat(get("/explorer/proposals/" + network.proposed.id().base64Url())
                        .body())
                .contains("It can be voted on", "<dt>hospital</dt>", "approves");
    }

    @Test
    void blocks_are_shown_from_the_newest_down_and_paged() throws Exception {
        assertThat(get("/explorer/blocks?before=2").body())
                .contains("/explorer/blocks/1\"", "/explorer/blocks/0\"", "rel=\"prev\"")
                .doesNotContain("/explorer/blocks/2\"", "rel=\"next\"");
        assertThat(get("/explorer/blocks?before=999999").body()).contains("/explorer/blocks/3\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/explorer/blocks?before=0, 400",
        "/explorer/blocks?before=-1, 400",
        "/explorer/blocks?before=x, 400",
        "/explorer/blocks/999999, 404",
        "/explorer/blocks/-1, 404",
        "/explorer/blocks/one, 400",
        "/explorer/transactions/short, 404",
        "/explorer/organizations/nobody, 404",
        "/explorer/organizations/No_Id, 404",
        "/explorer/proposals/short, 404",
        "/explorer/entries/999999, 404",
        "/explorer/entries/-1, 404",
        "/explorer/nowhere, 404",
        "/explorer/search, 400",
        "/explorer/search?q=nobody, 404"
    })
    void what_is_not_there_is_told_as_a_page(String path, int status) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transactions", "certificates", "proposals"})
    void an_id_that_nothing_has_is_not_found(String kind) throws Exception {
        assertThat(get("/explorer/" + kind + "/" + Sha256.of().base64Url()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_search_goes_to_what_it_found() throws Exception {
        String transaction = network.proposed.id().base64Url();

        assertThat(location("2")).isEqualTo("/explorer/blocks/2");
        assertThat(location("clinic")).isEqualTo("/explorer/organizations/clinic");
        assertThat(location(transaction)).isEqualTo("/explorer/transactions/" + transaction);
        assertThat(location(network.kid())).isEqualTo("/explorer/certificates/" + network.kid());
    }

    private static String location(String text) throws Exception {
        String location = get("/explorer/search?q=" + text)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        return URI.create(location).getPath();
    }

    @Test
    void an_entry_is_shown_byte_for_byte() throws Exception {
        assertThat(get("/explorer/entries/2").body()).isEqualTo("T" + network.enrolled);
        assertThat(get("/explorer/entries/0").body()).startsWith("G{");
    }

    @Test
    void a_node_whose_explorer_is_switched_off_has_no_such_pages(@TempDir Path other) throws Exception {
        try (NodeFixture fixture = NodeFixture.start(other, "--salus.explorer.enabled=false")) {
            URI address = fixture.node().localAddress();
            for (String path : new String[] {"/explorer", "/explorer/blocks", "/explorer/verify"}) {
                assertThat(get(address.resolve(path)).statusCode()).isEqualTo(404);
            }
            assertThat(get(address.resolve("/ledger")).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return get(network.address().resolve(path));
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
