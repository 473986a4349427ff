package dev.whence.cli.check;

import dev.whence.index.DatasetCount;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** Compares the counts of random domains with the rows that their postings lead to. */
final class SampleCheck {
    private final ObjectStore store;
    private final MappedVersion version;
    private final IndexSnapshot index;
    private final Findings findings;
    private long filesRead;
    private long rowsRead;

    SampleCheck(ObjectStore store, MappedVersion version, Findings findings) {
        this.store = store;
        this.version = version;
        this.index = version.index();
        this.findings = findings;
    }

    long filesRead() {
        return filesRead;
    }

    long rowsRead() {
        return rowsRead;
    }

    void compare(int domains, RandomGenerator random) {
        for (int drawn = 0; drawn < domains && index.domains() > 0; drawn++) {
            int ordinal = random.nextInt(index.domains());
            String domain = index.domain(ordinal);
            for (DatasetCount expected : index.datasetsOf(ordinal)) {
                compare(domain, expected);
            }
        }
    }

    private void compare(String domain, DatasetCount expected) {
        String name = version.name(expected.datasetId()) + ", domain " + domain;
        try {
            long rows = 0;
            for (Posting posting : index.postings(expected.datasetId(), domain)) {
                UrlFile file = UrlFile.open(store, posting.file().key());
                RowRange range = file.locate(posting.rowGroup(), domain);
                filesRead++;
                rows += range.rows();
            }
            rowsRead += rows;
            if (rows != expected.urls()) {
                findings.add(
                        "%s: the index counts %d URLs, the lake holds %d"
                                .formatted(name, expected.urls(), rows));
            }
        } catch (IOException e) {
            findings.add(name + ": " + e.getMessage());
        }
    }
}
