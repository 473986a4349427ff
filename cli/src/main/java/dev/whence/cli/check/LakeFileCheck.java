package dev.whence.cli.check;

import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.DomainRun;
import dev.whence.lake.RowGroupSummary;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Compares a live file with what the index says of it. */
final class LakeFileCheck {
    private final ObjectStore store;
    private final Findings findings;

    LakeFileCheck(ObjectStore store, Findings findings) {
        this.store = store;
        this.findings = findings;
    }

    /** Opens a file and compares its footer; empty, with a finding, if it cannot be read. */
    Optional<UrlFile> open(LakeFile expected) {
        String name = "file " + expected.key();
        String folder = "/dataset_id=" + Integer.toUnsignedString(expected.datasetId()) + "/";
        if (!expected.key().contains(folder)) {
            findings.add(name + ": the index gives it to another dataset, expected " + folder);
        }
        try {
            findings.expect(name + ", bytes", expected.bytes(), store.head(expected.key()).bytes());
            UrlFile file = UrlFile.open(store, expected.key());
            findings.expect(name + ", rows", expected.rows(), file.rows());
            List<RowGroupBounds> bounds =
                    file.rowGroups().stream().map(LakeFileCheck::bounds).toList();
            if (!bounds.equals(expected.rowGroups())) {
                findings.add(
                        name
                                + ": its row groups are not those of the index (rows, first and last"
                                + " domain)");
            }
            return Optional.of(file);
        } catch (IOException e) {
            findings.add(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Compares a file with the tail that the index carries of it, if there is one. */
    void compareTail(UrlFile file, Optional<byte[]> carried) {
        try {
            if (carried.isPresent() && !file.isTail(carried.get())) {
                findings.add(
                        "file %s: the tail in the index is not the file's own"
                                .formatted(file.key()));
            }
        } catch (IOException e) {
            findings.add("file " + file.key() + ": " + e.getMessage());
        }
    }

    /** Visits a file's domain runs; false, with a finding, if they cannot be read. */
    boolean visit(UrlFile file, Consumer<DomainRun> visitor) {
        try {
            file.domainRuns(visitor);
            return true;
        } catch (IOException e) {
            findings.add("file " + file.key() + ": " + e.getMessage());
            return false;
        }
    }

    private static RowGroupBounds bounds(RowGroupSummary rowGroup) {
        return new RowGroupBounds(rowGroup.rows(), rowGroup.firstDomain(), rowGroup.lastDomain());
    }
}
