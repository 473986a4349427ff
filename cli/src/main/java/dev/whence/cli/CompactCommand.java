package dev.whence.cli;

import dev.whence.cli.place.Failure;
import dev.whence.cli.table.Bytes;
import dev.whence.merge.Dataset;
import dev.whence.merge.Progress;
import dev.whence.merge.directory.Compacting;
import dev.whence.merge.directory.TableChange;
import dev.whence.merge.maintain.Compaction;
import dev.whence.merge.maintain.CompactionRules;
import dev.whence.merge.rewrite.KeptStyle;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whence compact}. */
@Command(
        name = "compact",
        description = {
            "Puts the small files of the table TARGET together, each partition for itself: not a row"
                    + " more or less, and in the order that the files note, if they note one. No"
                    + " service has to run.",
            "",
            "Small is what has less than half of --file-bytes. Without --all, files are taken by"
                    + " tiers: those whose sizes lie between the same two powers of --fan-out are put"
                    + " together when there are as many of them. So each row is written anew about"
                    + " log N times, however many small files are added and however often this is"
                    + " run. With --all, every small file is taken at once.",
            "",
            "The change is one commit, as a merge's is: see `whence merge --help`. Other writers are"
                    + " not in its way, unless they change the same files.",
            "",
            "Examples:",
            "  whence compact lake/ --dry-run",
            "  whence compact s3://b/lake --all --file-bytes 256M",
            ""
        })
final class CompactCommand implements Callable<Integer> {
    @Option(
            names = "--file-bytes",
            paramLabel = "BYTES",
            converter = Bytes.Converter.class,
            description =
                    "How large files ought to be, such as 64M or 1G; ${DEFAULT-VALUE} if left out.")
    private Bytes fileBytes = new Bytes(CompactionRules.DEFAULT.fileBytes());

    @Option(
            names = "--fan-out",
            paramLabel = "N",
            description =
                    "How many files of about one size are put together, 2 to 100; ${DEFAULT-VALUE}"
                            + " if left out.")
    private int fanOut = CompactionRules.DEFAULT.fanOut();

    @Option(
            names = "--most-files",
            paramLabel = "N",
            description =
                    "Small files that a partition may keep, whatever their sizes: beyond them the"
                            + " smallest are put together; ${DEFAULT-VALUE} if left out.")
    private int mostFiles = CompactionRules.DEFAULT.mostFiles();

    @Option(names = "--all", description = "Take all small files, whatever their sizes.")
    private boolean all;

    @Option(
            names = "--run-bytes",
            paramLabel = "BYTES",
            converter = Bytes.Converter.class,
            description =
                    "Of files that one run takes at most; what is left is for the next;"
                            + " ${DEFAULT-VALUE} if left out.")
    private Bytes runBytes = new Bytes(CompactionRules.DEFAULT.runBytes());

    @Mixin private Upkeep upkeep = new Upkeep();

    @Override
    public Integer call() throws Failure, IOException {
        CompactionRules rules = rules();
        return upkeep.run((scratch, settings) ->
                new Compacts(
                        new Compaction(
                                scratch, settings, new KeptStyle(), rules, Optional.empty())));
    }

    private record Compacts(Compaction compaction) implements Upkeep.Kind {
        @Override
        public Object plan(Dataset target, Progress progress) {
            return compaction.plan(target);
        }

        @Override
        public TableChange change(Progress progress) {
            return new Compacting(compaction, progress);
        }
    }

    private CompactionRules rules() throws Failure {
        try {
            return all
                    ? CompactionRules.all(fileBytes.count(), runBytes.count())
                    : new CompactionRules(fileBytes.count(), fanOut, mostFiles, runBytes.count());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e);
        }
    }
}
