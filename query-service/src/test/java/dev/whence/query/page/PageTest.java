package dev.whence.query.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.whence.query.Rows.row;
import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.whence.lake.UrlRow;
import dev.whence.query.NaiveAnswers;
import dev.whence.query.Publisher;
import dev.whence.query.page.Chromium.Screen;
import dev.whence.query.rest.Client;
import dev.whence.query.rest.StoreResource;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.Scheme;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages in a real browser, as people use them. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("slow")
class PageTest {
    private static final int VERSIONS = 6;
    private static final int HAND_MADE = 20;
    private static final String EVIL = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)>\u202Elive";
    private static final String MARKUP = "/<script>alert(1)</script>?q=\"'><svg/onload=alert(2)>";

    private static Chromium chromium;

    @TestHTTPResource URI base;
    Publisher publisher;

    @BeforeAll
    static void start() {
        chromium = Chromium.find().orElse(null);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void publish() throws Exception {
        assumeTrue(
                chromium != null, "no Chromium on the path: the pages are not tried in a browser");
        if (publisher.newest() == 0) {
            publisher.name(HAND_MADE, EVIL);
            int id = 0;
            List<Map<Integer, List<UrlRow>>> versions = new ArrayList<>();
            for (int version = 0; version < VERSIONS; version++) {
                versions.add(new TreeMap<>());
            }
            for (var dataset : DemoRows.load().entrySet()) {
                publisher.name(id, dataset.getKey());
                List<UrlRow> all = dataset.getValue();
                for (int part = id % 3; part < VERSIONS; part++) {
                    int parts = VERSIONS - id % 3;
                    int from = all.size() * (part - id % 3) / parts;
                    int to = all.size() * (part - id % 3 + 1) / parts;
                    versions.get(part).put(id, all.subList(from, to));
                }
                id++;
            }
            versions.getLast().put(HAND_MADE, handMade());
            for (var version : versions) {
                publisher.publish(version);
            }
        }
        new Client(base).awaitServed(VERSIONS);
    }

    private static List<UrlRow> handMade() {
        List<UrlRow> made = new ArrayList<>(rows("many.example", "x", 1_234));
        made.add(row("hostile.example", MARKUP));
        made.add(row("hostile.example", "/javascript:alert(3)"));
        made.add(row("hostile.example", "/" + "long".repeat(4_000)));
        made.add(
                UrlRow.of(
                        new CanonicalUrl(
                                Scheme.FTP, "ftp.hostile.example", "/pub/", "hostile.example"),
                        UrlRow.NO_TS,
                        Map.of()));
        made.add(
                UrlRow.of(
                        new CanonicalUrl(
                                Scheme.HTTPS, "<b>x</b>.hostile.example", "/", "hostile.example"),
                        UrlRow.NO_TS,
                        Map.of()));
        return made;
    }

    @ParameterizedTest
    @EnumSource
    void aDomainIsTypedAndLeadsToItsDatasetsHostsAndUrls(Screen screen) {
        try (Tab tab = chromium.tab(base, screen)) {
            var page = tab.open("/").page();
            page.getByLabel("Domain, or a URL of it").pressSequentially("many.ex");
            Locator suggested = page.getByRole(AriaRole.OPTION);
            assertThat(suggested).hasCount(1);
            assertThat(suggested).containsText("1,234 URLs in 1");
            tab.shoot("suggestions-" + screen);
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            page.waitForURL("**/domain?name=many.example");
            assertThat(page).hasTitle("many.example · Whence");
            assertThat(page.locator("main")).containsText("1,234 URLs in 1 dataset");
            assertThat(page.locator("#answer tbody")).containsText("www.many.example");

            page.locator(".bars a").click();
            assertThat(page.locator("#place")).containsText("of 1,234 URLs");
            for (int i = 0; i < 20 && page.locator(".more").count() > 0; i++) {
                page.mouse().wheel(0, 20_000);
                page.evaluate("() => document.querySelector('.more a')?.click()");
                page.waitForTimeout(50);
            }
            assertThat(page.locator(".urls > li")).hasCount(1_234);
            assertThat(page.locator("#place")).containsText("1 – 1,234 of 1,234 URLs");

            page.locator("summary").first().click();
            page.getByLabel("Host", new Page.GetByLabelOptions().setExact(true))
                    .fill("www.many.example");
            page.getByLabel("Path begins with").fill("/x/0001");
            page.getByText("Filter", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator(".urls > li")).hasCount(10);
            assertThat(page.url()).contains("path=%2Fx%2F0001");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMainJobIsDoneWithoutScripts(Screen screen) {
        try (Tab tab = chromium.tab(base, screen, ColorScheme.LIGHT, false)) {
            var page = tab.open("/").page();
            page.getByLabel("Domain, or a URL of it")
                    .fill("https://me@WWW.many.example:8443/a?b#c");
            page.getByText("Look up").last().click();
            assertThat(page).hasTitle("many.example · Whence");
            page.getByText("Show the hosts of").click();
            assertThat(page.locator("tbody")).containsText("www.many.example");
            page.goBack();
            page.locator(".bars a").click();
            assertThat(page.locator("#place")).hasText("1 – 100 of 1,234 URLs");
            page.getByText("Next page").click();
            assertThat(page.locator("#place")).hasText("101 – 200 of 1,234 URLs");
            assertThat(page.locator(".urls > li").first()).containsText("/x/00100");
            tab.shoot("urls-without-scripts-" + screen);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPageIsAccessibleAndFitsTheScreen(Screen screen) throws Exception {
        String domain = largestDomain();
        Map<String, String> pages =
                Map.ofEntries(
                        Map.entry("home", "/"),
                        Map.entry("url", "/url"),
                        Map.entry("url-known", "/url?url=https://www.many.example/x/00007"),
                        Map.entry("domain-of-url", "/domain?name=https://www.many.example/x/00007"),
                        Map.entry("domain", "/domain?name=" + domain),
                        Map.entry("domain-unknown", "/domain?name=m"),
                        Map.entry("hosts", "/hosts?domain=" + domain),
                        Map.entry("urls", "/urls?domain=many.example&dataset=20&path=/x/"),
                        Map.entry("datasets", "/datasets"),
                        Map.entry("dataset", "/datasets/3"),
                        Map.entry("compare", "/compare"),
                        Map.entry("set", "/set?all=0&all=3"),
                        Map.entry("lists", "/lists"),
                        Map.entry("versions", "/versions"),
                        Map.entry("pinned", "/datasets?version=2"));
        for (ColorScheme colors : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (Tab tab = chromium.tab(base, screen, colors, true)) {
                for (var each : pages.entrySet()) {
                    tab.open(each.getValue()).page().waitForLoadState();
                    tab.page().waitForTimeout(100);
                    tab.shoot("%s-%s-%s".formatted(each.getKey(), screen, colors));
                    assertThat(tab.isWiderThanScreen()).as(each.getKey()).isFalse();
                    tab.checkAccessibility();
                    for (Locator link : tab.page().locator(".downloads a").all()) {
                        String href = link.getAttribute("href");
                        assertThat(tab.page().request().get(href).status()).as(href).isEqualTo(200);
                    }
                }
                tab.open("/domain?name=a%20b", 400)
                        .shoot("problem-%s-%s".formatted(screen, colors));
                tab.checkAccessibility();
            }
        }
    }

    @Test
    void comparedDatasetsLeadToTheDomainsThatTheyShare() {
        var naive = new NaiveAnswers(publisher.contents(VERSIONS));
        try (Tab tab = chromium.tab(base, Screen.DESKTOP)) {
            var page = tab.open("/compare?dataset=0&dataset=1&dataset=4").page();
            Locator cells = page.locator(".heat tbody td");
            assertThat(cells).hasCount(9);
            List<Integer> order =
                    List.of(0, 1, 4).stream()
                            .sorted(
                                    Comparator.comparingInt(
                                                    (Integer id) -> naive.domainsOf(id).size())
                                            .reversed())
                            .toList();
            String shared = "%,d".formatted(naive.shared(order.get(0), order.get(1)));
            assertThat(cells.nth(1).innerText()).startsWith(shared);
            cells.nth(1).locator("a").click();
            assertThat(page.locator("h1")).containsText(shared + " domain");
            List<String> wanted =
                    naive.set(List.of(order.get(0), order.get(1)), List.of(), List.of());
            assertThat(page.locator(".names li").allInnerTexts().subList(0, 3))
                    .isEqualTo(wanted.subList(0, 3));
            page.getByText("Only in").first().click();
            assertThat(page.locator(".lead")).containsText("not in");
        }
    }

    @ParameterizedTest
    @EnumSource
    void exactlyWhoHoldsWhatIsATableThatLeadsToTheDomains(Screen screen) throws Exception {
        var naive = new NaiveAnswers(publisher.contents(VERSIONS));
        List<Integer> ids = List.of(0, 1, 4);
        Map<String, String> names = new TreeMap<>();
        ids.forEach(id -> names.put(publisher.name(id), Integer.toString(id)));
        try (Tab tab = chromium.tab(base, screen)) {
            var page = tab.open("/compare?dataset=0&dataset=1&dataset=4").page();
            List<String> columns = page.locator(".upset thead span").allInnerTexts();
            List<Integer> order = columns.stream().map(names::get).map(Integer::valueOf).toList();
            assertThat(order).containsExactlyInAnyOrderElementsOf(ids);
            int rows = page.locator(".upset tbody tr").count();
            assertThat(rows).isPositive();
            long sum = 0;
            for (int i = 0; i < rows; i++) {
                Locator row = page.locator(".upset tbody tr").nth(i);
                List<Integer> holders = new ArrayList<>(order);
                List<Integer> others = new ArrayList<>(order);
                List<String> marks = row.locator("td").allTextContents();
                for (int column = order.size() - 1; column >= 0; column--) {
                    (marks.get(column).equals("in") ? others : holders).remove(column);
                }
                int domains = naive.set(holders, List.of(), others).size();
                assertThat(row.locator("a").innerText()).isEqualTo("%,d".formatted(domains));
                sum += domains;
            }
            assertThat(sum).isEqualTo(naive.set(List.of(), ids, List.of()).size());
            assertThat(tab.isWiderThanScreen()).isFalse();
            tab.checkAccessibility();
            tab.shoot("upset-" + screen);
            String first = page.locator(".upset tbody a").first().innerText();
            page.locator(".upset tbody a").first().click();
            assertThat(page.locator("h1")).containsText(first + " domain");
            tab.open("/compare?dataset=0&dataset=1");
            assertThat(page.locator(".upset")).hasCount(0);
        }
    }

    @Test
    void oneUrlLeadsToTheDatasetsThatHoldIt() {
        try (Tab tab = chromium.tab(base, Screen.DESKTOP)) {
            var page = tab.open("/").page();
            page.getByText("Ask for one exact URL").click();
            page.getByLabel("A whole URL")
                    .fill("HTTPS://WWW.Hostile.example:443/a/../javascript:alert(3)#x");
            page.locator("main button").first().click();
            assertThat(page.locator(".lead")).containsText("In 1 dataset");
            page.locator(".bars a").first().click();
            assertThat(page.locator("main")).containsText("javascript:alert(3)");
            tab.open("/url?url=https://hostile.example/none");
            assertThat(page.locator(".lead")).hasText("No dataset holds exactly this URL.");
            tab.open("/url?url=http://[", 400);
        }
    }

    @Test
    void aListIsLookedUpAndDownloaded() throws Exception {
        try (Tab tab = chromium.tab(base, Screen.DESKTOP)) {
            var page = tab.open("/lists").page();
            page.getByLabel("Domains", new Page.GetByLabelOptions().setExact(true))
                    .fill(
                            "many.example\nnowhere.example\n=1+1\nhttp://[::bad\n# a remark\nhttps://www.hostile.example/x");
            page.locator("main button").first().click();
            assertThat(page.locator("#answer-of")).hasText("2 of 5 domains found");
            assertThat(page.locator("main")).containsText("2 in no dataset, 1 not a domain");
            tab.shoot("lists-answered");
            tab.checkAccessibility();

            Download download =
                    page.waitForDownload(() -> page.getByText("Download as CSV").click());
            assertThat(download.suggestedFilename()).isEqualTo("domains.csv");
            String csv = Files.readString(download.path());
            String evil = "'" + EVIL;
            assertThat(csv.replaceAll(",[0-9a-f]{16},", ",ID,").replaceAll("This is [^,]*", "WHY"))
                    .isEqualTo(
                            "asked,status,domain,domain_id,detail,dataset_id,name,url_count\r\n"
                                    + "many.example,found,many.example,ID,,20,"
                                    + evil
                                    + ",1234\r\n"
                                    + "nowhere.example,not-found,nowhere.example,ID,,,,\r\n"
                                    + "'=1+1,not-found,'=1+1,ID,,,,\r\n"
                                    + "http://[::bad,invalid-domain,,,WHY,,,\r\n"
                                    + "https://www.hostile.example/x,found,hostile.example,ID,,20,"
                                    + evil
                                    + ",5\r\n"
                                    + "#end rows=5 version=%d next_cursor=,,,,,,,\r\n"
                                            .formatted(VERSIONS));

            tab.open("/lists");
            page.getByLabel("Or a file of them")
                    .setInputFiles(
                            new FilePayload(
                                    "domains.txt",
                                    "text/plain",
                                    "many.example\r\n"
                                            .repeat(700)
                                            .getBytes(StandardCharsets.UTF_8)));
            page.locator("main button").first().click();
            assertThat(page.locator("#answer-of")).hasText("700 of 700 domains found");
            assertThat(page.locator("main")).containsText("The first 500");
        }
    }

    @Test
    void hostileTextsAreShownAndDoNothing() {
        try (Tab tab = chromium.tab(base, Screen.PHONE)) {
            var page = tab.open("/urls?domain=hostile.example&dataset=20").page();
            assertThat(page.locator(".urls > li")).hasCount(5);
            assertThat(tab.text())
                    .contains("https://www.hostile.example" + MARKUP)
                    .contains("ftp://ftp.hostile.example/pub/")
                    .contains("⟨U+202E⟩live")
                    .doesNotContain("\u202E");
            assertThat(page.locator("a[href^='ftp'], a[href^='javascript'], main img, main script"))
                    .hasCount(0);
            for (Locator link : page.locator(".urls a").all()) {
                assertThat(link.getAttribute("href")).startsWith("https://");
                assertThat(link.getAttribute("rel")).isEqualTo("noopener noreferrer nofollow");
            }
            assertThat(tab.isWiderThanScreen()).isFalse();
            tab.shoot("hostile");
            tab.open("/hosts?domain=hostile.example");
            assertThat(tab.text()).contains("<b>x</b>.hostile.example");
            tab.open("/datasets/20");
            assertThat(page.title()).contains("<img src=x onerror=alert(1)>⟨U+202E⟩live");
            tab.open("/compare?dataset=20&dataset=1");
            tab.open("/versions");
            tab.open("/datasets?part=%3Cscript%3Ealert(4)%3C/script%3E%22%27");
            tab.open("/domain?name=%22%3E%3Cscript%3Ealert(5)%3C/script%3E", 400);
        }
    }

    @Test
    void whatGoesWrongIsAPageWithTheRightStatus() throws Exception {
        var client = new Client(base);
        Map<String, Integer> statuses =
                Map.of(
                        "/domain",
                        400,
                        "/domain?name=" + "x".repeat(20_000),
                        400,
                        "/urls?domain=many.example",
                        400,
                        "/urls?domain=many.example&dataset=99",
                        404,
                        "/urls?domain=many.example&dataset=20&cursor=AAAA",
                        400,
                        "/urls?domain=many.example&dataset=20&from=yesterday",
                        400,
                        "/datasets/99",
                        404,
                        "/datasets?version=999",
                        404,
                        "/set",
                        400,
                        "/compare?dataset=0&dataset=99",
                        404);
        for (var each : statuses.entrySet()) {
            var answer = client.get(each.getKey());
            assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .startsWith("text/html");
            assertThat(answer.body()).contains("role=\"alert\"").doesNotContain("Exception");
        }
    }

    @Test
    void linksOfBeforeAreSentOn() {
        try (Tab tab = chromium.tab(base, Screen.DESKTOP)) {
            tab.open("/?domain=many.example&dataset=20");
            assertThat(tab.page().url()).endsWith("/urls?domain=many.example&dataset=20");
        }
    }

    private String largestDomain() {
        var contents = publisher.contents(VERSIONS);
        return contents.rows().entrySet().stream()
                .filter(each -> each.getKey() != HAND_MADE)
                .flatMap(each -> each.getValue().stream())
                .collect(
                        Collectors.groupingBy(
                                UrlRow::domain,
                                Collectors.mapping(UrlRow::host, Collectors.toSet())))
                .entrySet()
                .stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .orElseThrow()
                .getKey();
    }
}
