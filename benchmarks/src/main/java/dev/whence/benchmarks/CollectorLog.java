package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process's heap holds after its garbage was collected, from the collector's own log. */
final class CollectorLog {
    private static final Pattern SIZES = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

    private final Path log;
    private int linesSeen;
    private long last;

    CollectorLog(Path log) {
        this.log = log;
    }

    /** What makes a Java process write it. */
    Map<String, String> environment() {
        return Map.of("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + log);
    }

    /**
     * The least in MiB that was left since the last call, as not every collection looks at all of
     * the heap; where there was no collection, what it was before.
     */
    long leastSinceLast() throws IOException {
        List<String> lines = Files.readAllLines(log);
        long least = Long.MAX_VALUE;
        for (String line : lines.subList(linesSeen, lines.size())) {
            Matcher sizes = SIZES.matcher(line);
            if (sizes.find()) {
                least = Math.min(least, Long.parseLong(sizes.group(2)));
            }
        }
        linesSeen = lines.size();
        last = least == Long.MAX_VALUE ? last : least;
        return last;
    }
}
