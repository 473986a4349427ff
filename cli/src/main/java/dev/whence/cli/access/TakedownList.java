package dev.whence.cli.access;

import dev.whence.access.RefusedChangeException;
import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownNames;
import dev.whence.catalog.FreshId;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takedowns as they are collected from a command line or a file, for one change. */
public final class TakedownList {
    private final TakedownNames names = new TakedownNames();
    private final List<Takedown> takedowns = new ArrayList<>();
    private final FreshId ids;
    private final String reason;
    private final String by;
    private final Instant since;

    /** None yet; all of them get this reason. */
    public TakedownList(FreshId ids, String reason, String by, Instant since) {
        this.ids = ids;
        this.reason = reason;
        this.by = by;
        this.since = since;
    }

    /** One more. */
    public void add(Scope scope, String typed) throws Failure {
        try {
            takedowns.add(
                    new Takedown(
                            ids.next(), scope, names.canonical(scope, typed), reason, by, since));
        } catch (RefusedChangeException | IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Those of a file: a scope, a space and a value in each line; # begins a comment line. */
    public void addAll(Path file) throws Failure, IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    addLine(line);
                } catch (Failure e) {
                    throw new Failure(
                            ExitCode.MALFORMED,
                            "%s, line %d: %s".formatted(file, i + 1, e.getMessage()),
                            e);
                }
            }
        }
    }

    /** All of them. */
    public List<Takedown> all() {
        return List.copyOf(takedowns);
    }

    private void addLine(String line) throws Failure {
        String[] words = line.split("\\s+", 2);
        Optional<Scope> scope =
                Arrays.stream(Scope.values())
                        .filter(each -> each.text().equals(words[0]))
                        .findFirst();
        if (scope.isEmpty() || words.length < 2) {
            throw new Failure(
                    ExitCode.USAGE,
                    "expected %s, a space and what is taken down"
                            .formatted(
                                    Arrays.stream(Scope.values())
                                            .map(Scope::text)
                                            .collect(Collectors.joining(", "))),
                    null);
        }
        add(scope.get(), words[1]);
    }
}
