package dev.whence.cli;

import dev.whence.cli.place.Failure;
import dev.whence.merge.Dataset;
import dev.whence.merge.Progress;
import dev.whence.merge.directory.Repartitioning;
import dev.whence.merge.directory.TableChange;
import dev.whence.merge.maintain.Repartition;
import dev.whence.merge.rewrite.KeptStyle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whence repartition}. */
@Command(
        name = "repartition",
        description = {
            "Moves every row of the table TARGET to the folder that its values say, as Hive names"
                    + " them: the columns of --by go from the files to the paths, year=2024/city=Berlin/."
                    + " All files are written anew. No service has to run.",
            "",
            "A column can be part of a path if it is text, an integer, a boolean or a date: one value"
                    + " a row, at the top level. null becomes __HIVE_DEFAULT_PARTITION__, and what"
                    + " cannot stand in a path is written with %%. Columns that are in the paths now"
                    + " must be among --by, at any place: nothing says what types they had. A table"
                    + " that is partitioned so already is left as it is.",
            "",
            "The change is one commit, as a merge's is: see `whence merge --help`. Until `whence table"
                    + " expire` the old files take room beside the new ones.",
            "",
            "Examples:",
            "  whence repartition lake/ --by year,country --dry-run",
            "  whence repartition s3://b/lake --by day",
            ""
        })
final class RepartitionCommand implements Callable<Integer> {
    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            split = ",",
            required = true,
            description = "The columns of the paths, outermost first, with commas between.")
    private List<String> columns = List.of();

    @Mixin private Upkeep upkeep = new Upkeep();

    @Override
    public Integer call() throws Failure, IOException {
        return upkeep.run((scratch, settings) ->
                new Repartitions(new Repartition(scratch, settings, new KeptStyle()), columns));
    }

    private record Repartitions(Repartition repartition, List<String> columns)
            implements Upkeep.Kind {
        @Override
        public Object plan(Dataset target, Progress progress) throws IOException {
            return repartition.plan(target, columns, progress);
        }

        @Override
        public TableChange change(Progress progress) {
            return new Repartitioning(repartition, columns, progress);
        }
    }
}
