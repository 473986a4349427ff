package dev.whence.cli;

import dev.whence.cli.place.Failure;
import dev.whence.merge.Dataset;
import dev.whence.merge.Progress;
import dev.whence.merge.SortOrder;
import dev.whence.merge.directory.Deduplicating;
import dev.whence.merge.directory.TableChange;
import dev.whence.merge.maintain.Deduplication;
import dev.whence.merge.rewrite.KeptStyle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whence deduplicate}. */
@Command(
        name = "deduplicate",
        description = {
            "Leaves one row of each key in the table TARGET. Files without a row that goes keep their"
                    + " bytes; of the others, untouched row groups are copied as they are. No service"
                    + " has to run.",
            "",
            "Which row stays: the first by --order-by; among equals, and without an order, the last"
                    + " in the table, whose files come in the order in which they were added. null"
                    + " equals null, NaN equals NaN, and a number equals itself in any width. A column"
                    + " of the paths can be part of the key.",
            "",
            "The change is one commit, as a merge's is: see `whence merge --help`. To bring new rows"
                    + " in and leave one of each of their keys, merge them with `--strategy upsert`.",
            "",
            "Examples:",
            "  whence deduplicate lake/ --key id --dry-run",
            "  whence deduplicate s3://b/lake --key day,id --order-by 'ts desc,version desc'",
            ""
        })
final class DeduplicateCommand implements Callable<Integer> {
    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            split = ",",
            required = true,
            description =
                    "The columns that make a row's key, with commas between or the option again;"
                            + " a.b is the field b of the group a.")
    private List<String> keys = List.of();

    @Option(
            names = "--order-by",
            paramLabel = "ORDER",
            split = ",",
            description =
                    "Which row of a key stays, the first in this order, such as 'ts desc'; nulls come"
                            + " first, with desc last.")
    private List<String> orders = List.of();

    @Mixin private Upkeep upkeep = new Upkeep();

    @Override
    public Integer call() throws Failure, IOException {
        List<SortOrder> order = order();
        return upkeep.run((scratch, settings) ->
                new Deduplicates(
                        new Deduplication(scratch, settings, new KeptStyle()), keys, order));
    }

    private record Deduplicates(
            Deduplication deduplication, List<String> keys, List<SortOrder> order)
            implements Upkeep.Kind {
        @Override
        public Object plan(Dataset target, Progress progress) throws IOException {
            return deduplication.plan(target, keys, order, progress);
        }

        @Override
        public TableChange change(Progress progress) {
            return new Deduplicating(deduplication, keys, order, progress);
        }
    }

    private List<SortOrder> order() throws Failure {
        try {
            return orders.stream().map(SortOrder::of).toList();
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e);
        }
    }
}
