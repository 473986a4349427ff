package dev.whence.cli;

import dev.whence.cli.check.Checked;
import dev.whence.cli.check.Findings;
import dev.whence.cli.check.LakeReach;
import dev.whence.cli.check.StoreCheck;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.StoreOptions;
import dev.whence.cli.print.Table;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code whence check}. */
@Command(
        name = "check",
        description = {
            "Reads a version's index back from the store, without any service, and compares it with"
                    + " itself: checksums, orders, bounds, ordinals, sums, filters, bitmaps with"
                    + " members, the table of datasets. With --deep also with the lake: every live"
                    + " Parquet file, the count of every domain in every dataset.",
            "",
            "What is wrong is printed by name, a line each. In a store without any version nothing"
                    + " is.",
            ""
        })
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--version",
            paramLabel = "N",
            description = "The version; the newest if left out.")
    private @Nullable Long version;

    @Option(
            names = "--deep",
            description = "Read every live Parquet file, too, and compare all counts with it.")
    private boolean deep;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Compare the counts of N random domains with the lake.")
    private @Nullable Integer sample;

    @Mixin private StoreOptions options = new StoreOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Failure, IOException {
        if (sample != null && sample < 1) {
            throw new Failure(ExitCode.USAGE, "--sample is 1 or more", null);
        }
        if (sample != null && deep) {
            throw new Failure(ExitCode.USAGE, "--deep compares all, so there is no --sample", null);
        }
        PrintWriter out = spec.commandLine().getOut();
        var findings = new Findings(out::println);
        try (ObjectStore store = options.open()) {
            Optional<Checked> checked =
                    new StoreCheck(store, findings)
                            .run(
                                    version == null
                                            ? OptionalLong.empty()
                                            : OptionalLong.of(version),
                                    reach(),
                                    new Random());
            if (checked.isEmpty() && version != null) {
                throw Failure.of("there is no version " + version, null);
            }
            if (checked.isEmpty()) {
                out.println("there is nothing to check: nothing has been published yet");
                return ExitCode.OK.code();
            }
            print(checked.get(), out);
        }
        out.println(
                findings.count() > 0
                        ? Table.number(findings.count()) + " findings"
                        : reach() instanceof LakeReach.None
                                ? "nothing is wrong with the index; --deep compares it with the lake"
                                : "nothing is wrong");
        return (findings.count() == 0 ? ExitCode.OK : ExitCode.WRONG).code();
    }

    private LakeReach reach() {
        if (deep) {
            return new LakeReach.Whole();
        }
        return sample == null ? new LakeReach.None() : new LakeReach.Sample(sample);
    }

    private static void print(Checked checked, PrintWriter out) {
        out.println(
                "version %d: read %s blocks, %s domains, %s counts; %s Parquet files with %s rows"
                        .formatted(
                                checked.version(),
                                Table.number(checked.blocks()),
                                Table.number(checked.domains()),
                                Table.number(checked.pairs()),
                                Table.number(checked.files()),
                                Table.number(checked.rows())));
    }
}
