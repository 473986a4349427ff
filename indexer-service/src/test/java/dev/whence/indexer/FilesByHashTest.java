package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FilesByHashTest {

    @Test
    void namesTheFilesThatHoldADomainInTheirOrder() {
        Random random = Seeded.random("FilesByHashTest");
        var byHash = new FilesByHash();
        var files = new ArrayList<LiveFile>();
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(4) == 0 && !files.isEmpty()) {
                byHash.remove(files.remove(random.nextInt(files.size())));
            } else {
                LiveFile file = file(step, random);
                files.add(file);
                byHash.add(file);
            }
        }
        for (int domain = 0; domain < 1_100; domain++) {
            String name = "d%d.example".formatted(domain);
            List<LiveFile> holding =
                    files.stream().filter(file -> file.counts().contains(name)).toList();
            assertThat(byHash.mayHold(name)).isEqualTo(holding);
            assertThat(byHash.anyMayHold(name)).isEqualTo(!holding.isEmpty());
        }
    }

    private static LiveFile file(int number, Random random) {
        var domains = new TreeSet<String>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            domains.add("d%d.example".formatted(random.nextInt(1_000)));
        }
        var counts = new DomainCounts.Builder();
        domains.forEach(domain -> counts.add(domain, 1));
        return LiveFile.of(0, "part-" + number, 1, List.of(), counts.build(), Optional.empty());
    }
}
