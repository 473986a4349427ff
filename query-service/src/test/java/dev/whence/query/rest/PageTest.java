package dev.whence.query.rest;

import static dev.whence.query.Rows.row;
import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: what stands in the document once its script has run. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("slow")
class PageTest {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE_SECONDS = 120;

    @TestHTTPResource URI base;
    @TempDir Path directory;
    Publisher publisher;
    private String browser;

    @BeforeEach
    void publish() throws Exception {
        Optional<String> found = browser();
        assumeTrue(
                found.isPresent(), "no Chromium on the path: the page is not tried in a browser");
        browser = found.get();
        if (publisher.newest() == 0) {
            publisher.publish(
                    Map.of(
                            0, rows("a.example", "x", 3),
                            1, rows("a.example", "y", 1_234),
                            2, List.of(row("b.example", "/<script>&quot;"))));
        }
        new Client(base).awaitServed(1);
    }

    @Test
    void aDomainHasItsDatasetsMostUrlsFirst() throws Exception {
        String page = show("/?domain=WWW.A.example");
        assertThat(page)
                .contains("<title>a.example · Whence</title>")
                .contains("1,237 URLs in 2 datasets")
                .containsSubsequence("dataset 1", "1,234 URLs", "dataset 0", "3 URLs")
                .contains("/?domain=a.example&amp;dataset=1")
                .contains("Version 1: 3 datasets, 2 domains, 1,238 URLs");
    }

    @Test
    void aDatasetHasItsUrlsPageByPage() throws Exception {
        String page = show("/?domain=a.example&dataset=1");
        assertThat(page)
                .contains("href=\"https://www.a.example/y/00000\" rel=\"noopener noreferrer")
                .contains("https://www.a.example/y/00099")
                .doesNotContain("https://www.a.example/y/00100")
                .contains("1 – 100 of 1,234");
    }

    @Test
    void dataStaysText() throws Exception {
        assertThat(show("/?domain=b.example&dataset=2"))
                .contains("https://www.b.example/&lt;script&gt;&amp;quot;</a>");
    }

    @Test
    void nothingFoundAndNotADomainAreSaid() throws Exception {
        assertThat(show("/?domain=nowhere.example")).contains("No dataset holds a URL");
        assertThat(show("/?domain=a%20b")).contains("role=\"alert\"").contains("Not a domain");
        assertThat(show("/")).contains("1,238 URLs in 3 datasets can be looked up");
    }

    private String show(String path) throws IOException, InterruptedException {
        Path dom = directory.resolve("dom.html");
        Process chromium =
                new ProcessBuilder(
                                browser,
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--lang=en",
                                "--user-data-dir="
                                        + Files.createTempDirectory(directory, "profile"),
                                "--virtual-time-budget=20000",
                                "--dump-dom",
                                base.resolve(path).toString())
                        .redirectOutput(dom.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            assertThat(chromium.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            chromium.destroyForcibly().waitFor();
        }
        return Files.readString(dom, StandardCharsets.UTF_8);
    }

    private static Optional<String> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
