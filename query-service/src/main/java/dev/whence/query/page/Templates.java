package dev.whence.query.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The templates under {@code templates/page}, by the bare template engine: all that they put out is
 * escaped for HTML, and a name that is not there is an error and no empty text.
 */
@Singleton
final class Templates {
    private static final String ROOT = "templates/page/";
    private static final String HTML = "text/html";

    private final Engine engine;

    Templates() {
        var builder =
                Engine.builder()
                        .addDefaults()
                        .addValueResolver(new ReflectionValueResolver())
                        .addResultMapper(new HtmlEscaper(List.of(HTML)))
                        .addLocator(Templates::locate);
        Texts.RESOLVERS.forEach(builder::addValueResolver);
        engine = builder.build();
    }

    String render(Page page) {
        return engine.getTemplate(page.template()).render(page);
    }

    private static Optional<TemplateLocator.TemplateLocation> locate(String name) {
        URL found = Templates.class.getClassLoader().getResource(ROOT + name + ".html");
        return Optional.ofNullable(found).map(Location::new);
    }

    private record Location(URL url) implements TemplateLocator.TemplateLocation {
        @Override
        public Reader read() {
            try {
                return new InputStreamReader(url.openStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(new Variant(Locale.ENGLISH, HTML, StandardCharsets.UTF_8.name()));
        }
    }
}
