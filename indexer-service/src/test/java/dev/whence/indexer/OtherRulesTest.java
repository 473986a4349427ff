package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.Version;
import dev.whence.indexer.Landings.Batch;
import dev.whence.lake.UrlFile;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was made under other rules for URLs is not taken for what these rules would make. */
class OtherRulesTest {
    private static final UrlProfile OURS = UrlProfile.current();

    @TempDir Path directory;
    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
    }

    @Test
    void stopsAtAVersionOfAnotherSuffixList() throws IOException {
        assertStopsAt(new UrlProfile(OURS.number(), "2001-02-03"));
    }

    @Test
    void stopsAtAVersionOfAnotherProfile() throws IOException {
        assertStopsAt(new UrlProfile(OURS.number() + 1, OURS.suffixListDate()));
    }

    @Test
    void stopsAtALandingFileOfAnotherSuffixList() throws IOException {
        LandingFile landing =
                fixture.landings.commit(0, Batch.append("c4", "http://a.example/1")).files().get(0);
        UrlFile file = UrlFile.open(fixture.store, landing.key());
        assertThat(LandingReader.read(landing, file, OURS).counts().rows()).isEqualTo(1);
        assertThatThrownBy(() ->
                        LandingReader.read(
                                landing, file, new UrlProfile(OURS.number(), "2001-02-03")))
                .isInstanceOf(IndexingStoppedException.class)
                .hasMessageContaining(landing.key())
                .hasMessageContaining("2001-02-03")
                .hasMessageContaining(OURS.suffixListDate());
    }

    private void assertStopsAt(UrlProfile other) throws IOException {
        fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1"));
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.versions.publish(next(fixture.newest(), other));
        fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1"));
        try (Indexer indexer = fixture.indexer()) {
            assertThatThrownBy(indexer::publishOnce)
                    .isInstanceOf(IndexingStoppedException.class)
                    .hasMessageContaining("version 2")
                    .hasMessageContaining(other.suffixListDate())
                    .hasMessageContaining("number=" + other.number())
                    .hasMessageContaining("run the release that made it");
        }
        assertThat(fixture.newest().number()).isEqualTo(2);
    }

    private static Version next(Version version, UrlProfile profile) {
        return new Version(
                version.format(),
                version.number() + 1,
                version.publishedAt(),
                "another writer",
                profile.number(),
                profile.suffixListDate(),
                version.generations(),
                version.segments(),
                version.datasetTable(),
                version.positions(),
                version.changes(),
                version.counts(),
                version.nextFileId(),
                version.oldestRetained(),
                version.deletedUpTo(),
                version.superseded(),
                version.parts());
    }
}
