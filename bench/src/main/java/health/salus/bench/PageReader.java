package health.salus.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads pages with somebody's session, and asks the node what of the time its FHIR server took. Not thread-safe. */
final class PageReader {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("data-version=\"([^\"]+)\"");
    private static final Pattern FHIR_SECONDS = Pattern.compile("(?m)^fhir_server_answers_seconds_sum\\{.*} (.+)$");

    private final HttpClient http;
    private final URI node;
    private final String cookies;

    /** @param cookies as a browser sends them */
    PageReader(HttpClient http, URI node, String cookies) {
        this.http = http;
        this.node = node;
        this.cookies = cookies;
    }

    /** Durations in nanoseconds. */
    record Times(long own, long fhir) {}

    HttpRequest get(String path) {
        return request(path).build();
    }

    /** What the page after this one is asked for with. */
    HttpRequest next(String page) {
        return get(found(NEXT, page).replace("&amp;", "&"));
    }

    /** What the proofs of a page of records are asked for with. */
    HttpRequest proofs(String path, String page) {
        String versions = VERSION.matcher(page)
                .results()
                .map((MatchResult found) -> "\"" + found.group(1) + "\"")
                .collect(Collectors.joining(","));
        return request(path)
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", found(TOKEN, page))
                .POST(BodyPublishers.ofString("{\"versions\":[" + versions + "]}"))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve(path))
                .header("Cookie", cookies)
                .header("Accept-Encoding", "gzip");
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException("page without " + pattern);
        }
        return matcher.group(1);
    }

    /** A page that comes as it is. @throws IOException unless the answer is 200 */
    String text(HttpRequest page) throws IOException, InterruptedException {
        HttpRequest plain = HttpRequest.newBuilder(page, (name, value) -> !name.equals("Accept-Encoding"))
                .build();
        return expect(http.send(plain, BodyHandlers.ofString())).body();
    }

    /** How long an answer takes, the FHIR server's part apart. */
    Times time(HttpRequest request) throws IOException, InterruptedException {
        long before = fhirNanos();
        long begun = System.nanoTime();
        expect(http.send(request, BodyHandlers.ofByteArray()));
        long all = System.nanoTime() - begun;
        long fhir = fhirNanos() - before;
        return new Times(all - fhir, fhir);
    }

    private long fhirNanos() throws IOException, InterruptedException {
        String meters = expect(http.send(
                        HttpRequest.newBuilder(node.resolve("/node/prometheus")).build(), BodyHandlers.ofString()))
                .body();
        return (long) (Double.parseDouble(found(FHIR_SECONDS, meters)) * 1e9);
    }

    private static <T> HttpResponse<T> expect(HttpResponse<T> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException("answer to " + answer.request().uri().getPath() + ": " + answer.statusCode());
        }
        return answer;
    }
}
