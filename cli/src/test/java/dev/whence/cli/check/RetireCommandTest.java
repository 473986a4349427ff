package dev.whence.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.cli.Run;
import dev.whence.lake.LakeLayout;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that superseded two objects, one of them wrongly, and one that retains it no more. */
class RetireCommandTest {
    private static final String OLD = LakeLayout.landingFile(0, "topic", 0, 0, "0".repeat(26));

    @TempDir Path directory;

    private Path root;
    private String live;

    @BeforeEach
    void publish() throws Exception {
        root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            var little = new LittleStore(store, directory);
            little.dataset("d", List.of("http://a.example/"), 10).publish();
            live = little.files.getFirst().key();
            store.put(OLD, ObjectBody.of(new byte[1]));
        }
    }

    @Test
    void deletesWhatIsDueAndWhatTheNewestVersionNamesNot() throws IOException {
        retainedFrom(Instant.now().minus(Duration.ofHours(25)));
        Run dry = run("--dry-run");
        assertThat(dry.exitCode()).as("an hour is not late").isZero();
        assertThat(dry.out()).contains("a dry run; what may go since");
        assertThat(keys()).contains(OLD);

        assertThat(run().exitCode()).as("nobody said how long objects stay").isEqualTo(1);
        assertThat(keys()).contains(OLD);
        Run run = run("--grace", "24h");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines())
                .containsExactly("version 3: 1 objects deleted; nothing is left that may go");
        assertThat(keys()).doesNotContain(OLD).contains(live);
        assertThat(Run.of("check", "--deep", "--store", root.toUri().toString()).exitCode())
                .isZero();
        assertThat(run("--dry-run").out()).contains("nothing is left that may go");
    }

    @Test
    void aDryRunSaysWhatAnIndexerShouldHaveDeletedADayAgo() throws IOException {
        retainedFrom(Instant.now().minus(Duration.ofHours(49)));
        Run dry = run("--dry-run", "--json");
        assertThat(dry.exitCode()).isEqualTo(3);
        assertThat(dry.out())
                .startsWith(
                        "{\"version\":3,\"dry_run\":true,\"deleted\":0,\"left\":0,\"due_since\":");
        assertThat(run("--dry-run", "--grace", "48h").exitCode()).isZero();
        assertThat(keys()).contains(OLD);
        assertThat(run("--grace", "24h", "--json").lines())
                .containsExactly("{\"version\":3,\"dry_run\":false,\"deleted\":1,\"left\":0}");
    }

    @Test
    void deletesNothingWithinTheGrace() throws IOException {
        retainedFrom(Instant.now().minus(Duration.ofHours(23)));
        assertThat(run("--grace", "24h").lines())
                .containsExactly("version 3: 0 objects deleted; nothing is left that may go");
        assertThat(keys()).contains(OLD);
    }

    @Test
    void keepsWhatItDoesNotUnderstand() throws IOException {
        String strange = "urls/dataset_id=0/of-another-release.parquet";
        retainedFrom(Instant.now().minus(Duration.ofDays(9)), OLD, strange);
        try (ObjectStore store = ObjectStores.directory(root)) {
            store.put(strange, ObjectBody.of(new byte[1]));
        }
        assertThat(run("--grace", "24h").exitCode()).isZero();
        assertThat(keys()).contains(strange).doesNotContain(OLD);
    }

    @Test
    void couldNotLookWhereABlockIsMissing() throws IOException {
        retainedFrom(Instant.now().minus(Duration.ofDays(9)));
        try (ObjectStore store = ObjectStores.directory(root)) {
            Version newest = new VersionChain(store).latest().orElseThrow();
            store.delete(newest.datasetTable().keys().getFirst());
        }
        assertThat(run("--grace", "24h").exitCode()).isEqualTo(2);
        assertThat(run("--dry-run").exitCode()).isEqualTo(2);
        assertThat(keys()).contains(OLD);
    }

    @Test
    void nothingIsOldWhereNothingIsPublished() {
        Run run =
                Run.of(
                        "index",
                        "retire",
                        "--dry-run",
                        "--store",
                        directory.resolve("empty").toUri().toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("nothing has been published yet");
    }

    @Test
    void aWrongCommandLineDeletesNothing() throws IOException {
        retainedFrom(Instant.now().minus(Duration.ofDays(9)));
        assertThat(run("--grace", "1s").exitCode()).isEqualTo(1);
        assertThat(run("--grace", "never").exitCode()).isEqualTo(1);
        assertThat(keys()).contains(OLD);
    }

    /** Version 2 drops both files, and version 3 is the first from which 2 is the oldest. */
    private void retainedFrom(Instant published) throws IOException {
        retainedFrom(published, OLD, live);
    }

    private void retainedFrom(Instant published, String... superseded) throws IOException {
        try (ObjectStore store = ObjectStores.directory(root)) {
            var versions = new VersionChain(store);
            Version first = versions.read(1).orElseThrow();
            versions.publish(next(first, published, 1, List.of(superseded)));
            Version third = next(versions.read(2).orElseThrow(), published, 2, List.of());
            versions.publish(third);
            versions.announce(third);
        }
    }

    private static Version next(
            Version before, Instant published, long oldestRetained, List<String> superseded) {
        return new Version(
                before.format(),
                before.number() + 1,
                published,
                "test",
                before.urlProfile(),
                before.suffixListDate(),
                before.generations(),
                before.segments(),
                before.datasetTable(),
                List.of(),
                List.of(),
                before.counts(),
                before.nextFileId(),
                oldestRetained,
                0,
                superseded,
                List.of());
    }

    private List<String> keys() throws IOException {
        try (ObjectStore store = ObjectStores.directory(root);
                Stream<ObjectInfo> objects = store.list("urls/")) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    private Run run(String... arguments) {
        var all = new ArrayList<>(List.of("index", "retire"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--store", root.toUri().toString()));
        return Run.of(all.toArray(String[]::new));
    }
}
