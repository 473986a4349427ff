package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.LakeLayout;
import dev.whence.url.DomainPrefix;
import dev.whence.url.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FilesByDomainTest {
    @Test
    void findsTheFilesThatLookingAtEachWouldFind() {
        Random random = Seeded.random("FilesByDomainTest");
        for (int round = 0; round < 50; round++) {
            var files = new ArrayList<LakeFile>();
            int count = random.nextInt(300);
            for (int id = 0; id < count; id++) {
                files.add(file(id, random));
            }
            var domains = new TreeSet<String>();
            for (int i = 1 + random.nextInt(100); i > 0; i--) {
                domains.add(domain(random.nextInt(1_000)));
            }
            assertThat(new FilesByDomain(files).mayHold(domains))
                    .extracting(Comparison.Side::key)
                    .containsExactlyInAnyOrderElementsOf(
                            files.stream()
                                    .filter(file -> mayHold(file, domains))
                                    .map(LakeFile::key)
                                    .toList());
        }
    }

    private static boolean mayHold(LakeFile file, NavigableSet<String> domains) {
        return file.rowGroups().stream()
                .anyMatch(group ->
                        domains.stream()
                                .filter(domain ->
                                        DomainPrefix.ofKey(file.key())
                                                .mayHold(Fingerprint.of(domain)))
                                .anyMatch(domain ->
                                        group.firstDomain().compareTo(domain) <= 0
                                                && group.lastDomain().compareTo(domain) >= 0));
    }

    private static LakeFile file(int id, Random random) {
        var groups = new ArrayList<RowGroupBounds>();
        int at = random.nextInt(1_000);
        for (int group = 1 + random.nextInt(3); group > 0; group--) {
            int last = at + random.nextInt(random.nextInt(20) == 0 ? 500 : 5);
            groups.add(new RowGroupBounds(7, domain(at), domain(last)));
            at = last + random.nextInt(20);
        }
        var prefix = DomainPrefix.of(random.nextLong(), random.nextInt(3));
        String key = LakeLayout.compacted(0, prefix, 1, Integer.toString(id));
        return new LakeFile(id, 0, key, 100, List.copyOf(groups));
    }

    private static String domain(int number) {
        return "d%05d.example".formatted(number);
    }
}
