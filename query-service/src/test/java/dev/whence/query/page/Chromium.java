package dev.whence.query.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, without a window; no browser is ever downloaded. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    /** A size to look at pages in. */
    enum Screen {
        DESKTOP(1280, 900),
        PHONE(390, 844);

        final int width;
        final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private Chromium(Path executable) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setArgs(List.of("--no-sandbox", "--disable-quic")));
    }

    /** The one on the path; empty if there is none. */
    static Optional<Chromium> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Chromium::new);
    }

    Tab tab(URI base, Screen screen) {
        return tab(base, screen, ColorScheme.LIGHT, true);
    }

    Tab tab(URI base, Screen screen, ColorScheme colors, boolean scripts) {
        return new Tab(
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setBaseURL(base.toString())
                                .setViewportSize(screen.width, screen.height)
                                .setIsMobile(screen == Screen.PHONE)
                                .setHasTouch(screen == Screen.PHONE)
                                .setDeviceScaleFactor(1)
                                .setLocale("en")
                                .setColorScheme(colors)
                                .setJavaScriptEnabled(scripts)),
                base);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
