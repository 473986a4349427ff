package dev.whence.benchmarks.merge;

import dev.whence.merge.MergeStrategy;
import java.nio.file.Path;
import java.util.Locale;

/** A change of the merge contest; its source is one file with whole rows, in no order. */
enum MergeChange {
    UNIFORM_UPDATES("1 % uniform updates", MergeStrategy.UPDATE),
    CLUSTERED_UPDATES("1 % clustered updates (whole domains)", MergeStrategy.UPDATE),
    INSERTS("1 % inserts", MergeStrategy.INSERT),
    DELETES("0.1 % deletes", MergeStrategy.DELETE);

    private final String title;
    private final MergeStrategy strategy;

    MergeChange(String title, MergeStrategy strategy) {
        this.title = title;
        this.strategy = strategy;
    }

    String title() {
        return title;
    }

    MergeStrategy strategy() {
        return strategy;
    }

    /** Its name in files. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path source(Path data) {
        return data.resolve(text() + ".parquet");
    }
}
