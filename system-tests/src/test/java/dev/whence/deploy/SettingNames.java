package dev.whence.deploy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The environment variables that the code listens to: those of the services by their configuration
 * mappings, those of the command line by what stands in its classes.
 */
final class SettingNames {
    /** What the images and manifests tell the framework. */
    private static final Set<String> OF_THE_FRAMEWORK =
            Set.of(
                    "QUARKUS_HTTP_HOST",
                    "QUARKUS_HTTP_PORT",
                    "QUARKUS_LOG_CONSOLE_JSON_ENABLED",
                    "QUARKUS_SHUTDOWN_DELAY",
                    "QUARKUS_SHUTDOWN_TIMEOUT",
                    "JDK_JAVA_OPTIONS");

    private static final Pattern LITERAL = Pattern.compile("WHENCE_[A-Z_]+");

    /** Mappings stand in packages of this name alone. */
    private static final JavaClasses MAPPINGS =
            classesOf(
                    "dev.whence.ingest.config",
                    "dev.whence.indexer.config",
                    "dev.whence.query.config");

    private static final JavaClasses COMMANDS = classesOf("dev.whence.cli");

    private static final Set<String> NAMES = new TreeSet<>(OF_THE_FRAMEWORK);

    /** Of settings whose last part is whoever says it. */
    private static final Set<String> PREFIXES = new TreeSet<>();

    static {
        for (JavaClass mapping : MAPPINGS) {
            if (mapping.isAnnotatedWith(ConfigMapping.class)) {
                Class<?> type = mapping.reflect();
                addMapping(type, type.getAnnotation(ConfigMapping.class).prefix());
            }
        }
        COMMANDS.forEach(SettingNames::addLiterals);
    }

    private SettingNames() {}

    private static JavaClasses classesOf(String... packages) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages);
    }

    static boolean isKnown(String variable) {
        return NAMES.contains(variable) || PREFIXES.stream().anyMatch(variable::startsWith);
    }

    static Set<String> names() {
        return NAMES;
    }

    private static void addMapping(Class<?> type, String prefix) {
        for (Method method : type.getMethods()) {
            if (method.isDefault()) {
                continue;
            }
            WithName named = method.getAnnotation(WithName.class);
            String name = prefix + "." + (named == null ? dashed(method.getName()) : named.value());
            if (method.getReturnType().getName().startsWith("dev.whence.")
                    && method.getReturnType().isInterface()) {
                addMapping(method.getReturnType(), name);
            } else if (method.getReturnType() == Map.class) {
                PREFIXES.add(variable(name) + "_");
            } else {
                NAMES.add(variable(name));
            }
        }
    }

    private static void addLiterals(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            String constants = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            LITERAL.matcher(constants).results().forEach(found -> NAMES.add(found.group()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String dashed(String methodName) {
        return methodName.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
