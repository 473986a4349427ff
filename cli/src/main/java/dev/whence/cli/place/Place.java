package dev.whence.cli.place;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Where a running Whence is looked for: an option, the environment, the data directory. */
public final class Place {
    /** For a call without the script {@code whence}, which sets the variable. */
    private static final String DEFAULT_DATA = ".whence";

    private final Map<String, String> environment;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The data directory of a running `whence up`.")
    private @Nullable Path data;

    private @Nullable Standalone standalone;

    Place() {
        this(System.getenv());
    }

    Place(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Finds a setting.
     *
     * @param option what the command line says
     * @param variable of the environment
     * @param field of {@code standalone.json}
     */
    public Optional<String> find(@Nullable String option, String variable, String field)
            throws Failure {
        if (option != null) {
            return Optional.of(option);
        }
        String set = environment.getOrDefault(variable, "");
        return set.isEmpty() ? standalone().field(field) : Optional.of(set);
    }

    /** The same where something must be found. */
    public String require(@Nullable String option, String variable, String field, String what)
            throws Failure {
        Optional<String> found = find(option, variable, field);
        if (found.isEmpty()) {
            throw Failure.of(
                    "do not know where %s is: no %s in %s. Start it with `whence up`, or say where it is (see --help, or set %s)."
                            .formatted(what, Standalone.FILE_NAME, dataDirectory(), variable),
                    null);
        }
        return found.get();
    }

    /**
     * What to do where nothing answers at an address that was found.
     *
     * @param option what the command line says
     * @param sayIt how it can be said
     */
    public String whenSilent(@Nullable String option, String variable, String sayIt)
            throws Failure {
        if (isSaid(option, variable)) {
            return "Start it with `whence up`, or say where it is with " + sayIt + ".";
        }
        return "The `whence up` of %s%s seems to be stopped: start it again, or say where it is with %s."
                .formatted(
                        dataDirectory(),
                        standalone().number("pid").map(" (process %s)"::formatted).orElse(""),
                        sayIt);
    }

    /** Whether a person said it, for this call or for the shell. */
    public boolean isSaid(@Nullable String option, String variable) {
        return option != null || !environment.getOrDefault(variable, "").isEmpty();
    }

    /** All variables of the environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** What the environment alone says. */
    Optional<String> environment(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
    }

    private Standalone standalone() throws Failure {
        Standalone read = standalone == null ? Standalone.in(dataDirectory()) : standalone;
        standalone = read;
        return read;
    }

    private Path dataDirectory() {
        return data != null ? data : Path.of(environment.getOrDefault("WHENCE_DATA", DEFAULT_DATA));
    }
}
