package dev.whence.benchmarks;

import dev.whence.catalog.Block;
import dev.whence.catalog.FileRef;
import dev.whence.catalog.Version;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the blocks of a version take on disk, file by file. */
final class IndexBytes {
    private IndexBytes() {}

    static void print(Version version) {
        Map<String, Long> byName = new TreeMap<>();
        for (Block block : version.blocks().toList()) {
            for (FileRef file : block.files()) {
                byName.merge(file.name(), file.bytes(), Long::sum);
            }
        }
        long all = byName.values().stream().mapToLong(Long::longValue).sum();
        long domains = version.counts().domains();
        byName.forEach((name, bytes) -> line(name, bytes, domains, all));
        line("all", all, domains, all);
    }

    private static void line(String name, long bytes, long domains, long all) {
        System.out.printf(
                Locale.ROOT,
                "  %-32s %,14d B  %8.2f B a domain  %5.1f %%%n",
                name,
                bytes,
                bytes / (double) domains,
                100.0 * bytes / all);
    }
}
