package dev.whence.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A tab of the browser. When it is closed it must have asked no other host for anything, broken no
 * rule of the content security policy, thrown nothing and opened no dialog.
 */
final class Tab implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    /** What axe finds, as a text for each finding that is serious. */
    private static final String FINDINGS =
            """
            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                .filter(each => each.impact === 'serious' || each.impact === 'critical')
                .map(each => each.id + ': ' + each.nodes.map(node => node.html).slice(0, 3).join(' | '))
            """;

    private final BrowserContext context;
    private final Page page;
    private final List<String> strangers = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    Tab(BrowserContext context, URI base) {
        this.context = context;
        String own = base.getScheme() + "://" + base.getAuthority() + "/";
        context.onRequest(request -> {
            if (!request.url().startsWith(own)) {
                strangers.add(request.url());
            }
        });
        page = context.newPage();
        page.onConsoleMessage(message -> {
            // A page with an error status is what some tests ask for.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    Page page() {
        return page;
    }

    /** Goes to an address, which must answer so. */
    Tab open(String path, int status) {
        assertThat(page.navigate(path).status()).as(path).isEqualTo(status);
        return this;
    }

    Tab open(String path) {
        return open(path, 200);
    }

    String text() {
        return page.locator("body").innerText();
    }

    /** Keeps what is seen for people to look at. */
    void shoot(String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    /** Looks for what keeps people from using the page; needs scripts. */
    void checkAccessibility() throws IOException {
        try (InputStream axe = Tab.class.getClassLoader().getResourceAsStream(AXE)) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat((List<?>) page.evaluate(FINDINGS)).as("axe on %s", page.url()).isEmpty();
    }

    /** Whether the page is wider than the screen. */
    boolean isWiderThanScreen() {
        return (boolean)
                page.evaluate(
                        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    @Override
    public void close() {
        context.close();
        assertThat(strangers).as("requests to other hosts").isEmpty();
        assertThat(complaints).as("complaints of the browser").isEmpty();
    }
}
