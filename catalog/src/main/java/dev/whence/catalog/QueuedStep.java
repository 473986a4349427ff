package dev.whence.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of the log brought to a dataset, and what is not carried out yet: a file that is
 * added, or a batch that is merged.
 *
 * @param file that is added; null for a merge
 * @param merge that is done; null for a file
 * @param committedAt when its entry was
 */
public record QueuedStep(
        @Nullable LandingFile file, @Nullable LoggedMerge merge, Instant committedAt) {
    public QueuedStep {
        if ((file == null) == (merge == null)) {
            throw new IllegalArgumentException(
                    "a queued step is either a file or a merge, not %s and %s"
                            .formatted(file, merge));
        }
    }

    /** How many files it brings. */
    public int files() {
        return sources().size();
    }

    /** Rows that it brings. */
    public long rows() {
        return sources().stream().mapToLong(LandingFile::rows).sum();
    }

    /** Bytes of the files that it brings. */
    public long bytes() {
        return sources().stream().mapToLong(LandingFile::bytes).sum();
    }

    /** The files that it brings. */
    public List<LandingFile> sources() {
        return file == null ? Objects.requireNonNull(merge).sources() : List.of(file);
    }
}
