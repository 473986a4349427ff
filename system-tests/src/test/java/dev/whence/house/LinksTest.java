package dev.whence.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way from page to page. */
class LinksTest {
    private static final Path ROOT = Path.of(System.getProperty("whence.root"));

    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern LINK =
            Pattern.compile("]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|#).*");

    @Test
    void everyRelativeLinkOfAPageLeadsSomewhere() throws IOException {
        var pages =
                new ArrayList<>(
                        List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        var broken = new ArrayList<String>();
        int found = 0;
        for (Path page : pages) {
            for (String target : relativeLinks(Files.readString(page))) {
                found++;
                Path file = page.resolveSibling(target).normalize();
                if (!file.startsWith(ROOT.normalize()) || !Files.exists(file)) {
                    broken.add(ROOT.relativize(page) + " → " + target);
                }
            }
        }
        assertThat(found).as("links on %d pages", pages.size()).isPositive();
        assertThat(broken).as("links to what is not there").isEmpty();
    }

    @Test
    void seesLinksButNotCode() {
        assertThat(
                        relativeLinks(
                                """
                                [a](a.md), [b](../b.md#part "title"), ![c](<c.svg>) [d](https://d.example/) [e](#e)
                                `[f](f.md)`
                                ```
                                [g](g.md)
                                ```
                                [h](h%20i.md)
                                """))
                .containsExactly("a.md", "../b.md", "c.svg", "h i.md");
    }

    private static List<String> relativeLinks(String markdown) {
        var targets = new ArrayList<String>();
        Matcher links = LINK.matcher(CODE.matcher(markdown).replaceAll(""));
        while (links.find()) {
            if (!ELSEWHERE.matcher(links.group(1)).matches()) {
                targets.add(URI.create(links.group(1)).getPath());
            }
        }
        return targets;
    }
}
