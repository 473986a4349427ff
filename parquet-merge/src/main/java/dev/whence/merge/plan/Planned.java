package dev.whence.merge.plan;

import dev.whence.merge.file.Footers;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.util.List;

/**
 * What the steps of planning came to. Immutable.
 *
 * @param matches as far as anybody has looked
 */
public record Planned(
        TableSpec table,
        List<String> keyColumns,
        Footers footers,
        SourceRows source,
        List<FilePlan> files,
        Matches matches) {

    /** Whether every key that could matter was looked at. */
    public boolean isComplete() {
        return files.stream()
                .flatMap(file -> file.rowGroups().stream())
                .noneMatch(group -> group.reason() == Reason.NOT_LOOKED_AT);
    }
}
