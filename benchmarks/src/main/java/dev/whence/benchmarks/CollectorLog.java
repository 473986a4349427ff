package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process's heap holds after all its garbage was collected, from the collector's own log.
 */
final class CollectorLog {
    private static final Pattern FULL = Pattern.compile("Pause Full.* \\d+M->(\\d+)M\\(\\d+M\\)");
    private static final long PAUSE_MILLIS = 20;

    private final Path log;

    CollectorLog(Path log) {
        this.log = log;
    }

    /**
     * What makes a Java process write it. The heap has all of its size from the start, so that what
     * is resident can grow by nothing but what lies outside of it.
     */
    Map<String, String> environment() {
        return Map.of("JAVA_TOOL_OPTIONS", "-Xms512m -XX:+AlwaysPreTouch -Xlog:gc:file=" + log);
    }

    /**
     * Has the process collect everything, and tells what is left, in MiB: the collections that it
     * makes by itself look at the young alone, and leave what became garbage later for long.
     */
    long liveMebibytes(Process process) throws IOException, InterruptedException {
        int before = full().size();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        int exitCode =
                new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("jcmd ended with " + exitCode);
        }
        List<Long> full = full();
        while (full.size() == before) {
            Thread.sleep(PAUSE_MILLIS);
            full = full();
        }
        return full.getLast();
    }

    private List<Long> full() throws IOException {
        return Files.readAllLines(log).stream()
                .map(FULL::matcher)
                .filter(Matcher::find)
                .map(found -> Long.parseLong(found.group(1)))
                .toList();
    }
}
