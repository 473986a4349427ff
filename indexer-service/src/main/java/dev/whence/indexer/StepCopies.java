package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.WaitingPart;
import dev.whence.url.DomainPrefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies the files of steps that are to be carried out again under names of the version that is
 * made: a name that was given up never comes back. Not thread-safe.
 */
final class StepCopies {
    private final LakeStaging staging;

    StepCopies(LakeStaging staging) {
        this.staging = staging;
    }

    Step of(Step step) throws IOException {
        return switch (step) {
            case Step.Add(LandingFile file, var committedAt) -> new Step.Add(of(file), committedAt);
            case Step.Merge(LoggedMerge merge, var committedAt) ->
                    new Step.Merge(of(merge), committedAt);
        };
    }

    WaitingPart of(WaitingPart part) throws IOException {
        return new WaitingPart(of(part.merge()), part.committedAt());
    }

    private LoggedMerge of(LoggedMerge merge) throws IOException {
        List<LandingFile> sources = new ArrayList<>();
        for (LandingFile source : merge.sources()) {
            sources.add(of(source));
        }
        return new LoggedMerge(merge.datasetId(), merge.effect(), merge.after(), sources);
    }

    private LandingFile of(LandingFile file) throws IOException {
        var original = new ReadBack.Expected(file.key(), file.bytes(), file.crc32c());
        return file.at(staging.copy(file.datasetId(), DomainPrefix.NONE, original));
    }
}
