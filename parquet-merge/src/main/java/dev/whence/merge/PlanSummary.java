package dev.whence.merge;

import java.util.List;

/**
 * A plan to be read by people and programs.
 *
 * @param requested the mode that was asked for
 * @param mode the mode that will be carried out
 * @param reason why that one
 * @param complete whether every key that could matter was looked at; if not, counts are of what was
 *     seen, and more may be affected
 * @param sourceRows rows of the source
 * @param sourceDuplicates those of them that another row of the same key wins over
 * @param matchedKeys keys of the source that the target has
 * @param matchedRows rows of the target that have them
 * @param steps what each step of planning made of the target's row groups
 * @param files what becomes of each file
 * @param bytesToRead of the target
 * @param bytesToWrite without what is inserted
 * @param bytesToEncode of those, what is not copied as it is
 * @param bytesOfFull what full mode would encode
 */
public record PlanSummary(
        String strategy,
        String requested,
        String mode,
        String reason,
        boolean complete,
        long sourceRows,
        long sourceDuplicates,
        long matchedKeys,
        long matchedRows,
        List<Step> steps,
        List<File> files,
        long bytesToRead,
        long bytesToWrite,
        long bytesToEncode,
        long bytesOfFull) {

    /** Row groups that one reason decided. */
    public record Step(
            String reason, boolean affected, long files, long rowGroups, long rows, long bytes) {}

    /**
     * One file of the target.
     *
     * @param reasons of its row groups, each once
     */
    public record File(
            String key,
            boolean affected,
            List<String> reasons,
            long rows,
            long matchedRows,
            long bytes) {}

    public PlanSummary {
        steps = List.copyOf(steps);
        files = List.copyOf(files);
    }

    /** Files that will be written anew, as far as is known. */
    public long filesAffected() {
        return files.stream().filter(File::affected).count();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        line(
                text,
                "%s of %,d source rows (%,d of them superseded by others of their key): %,d keys match %,d rows"
                        .formatted(
                                strategy, sourceRows, sourceDuplicates, matchedKeys, matchedRows));
        line(text, "rewrite mode %s: %s".formatted(mode, reason));
        line(
                text,
                "to read %,d bytes, to write %,d, of which %,d are encoded anew (full: %,d)"
                        .formatted(bytesToRead, bytesToWrite, bytesToEncode, bytesOfFull));
        for (Step step : steps) {
            line(
                    text,
                    "%s  %s: %,d row groups of %,d files, %,d rows, %,d bytes"
                            .formatted(
                                    step.affected() ? "touch" : "leave",
                                    step.reason(),
                                    step.rowGroups(),
                                    step.files(),
                                    step.rows(),
                                    step.bytes()));
        }
        for (File file : files) {
            if (file.affected()) {
                line(
                        text,
                        "affected %s: %s, %,d of %,d rows"
                                .formatted(
                                        file.key(),
                                        String.join(", ", file.reasons()),
                                        file.matchedRows(),
                                        file.rows()));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
