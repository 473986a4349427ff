package dev.whence.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.PublishedViews;
import dev.whence.query.PublishedViews.Hiding;
import dev.whence.query.QueryException;
import dev.whence.query.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of which little is shown: what they cost follows the set, and no answer is kept at it. */
class SparseSetsTest {
    private static final int DOMAINS = 2_000;
    private static final SetQuestion ALL = new SetQuestion(List.of(0), List.of(), List.of());

    @TempDir Path directory;

    @Test
    void aSetOfWhichNearlyAllIsMaskedIsLookedAtOnce() throws Exception {
        try (var views = published();
                View view = views.open(new Hiding(Set.of(), allBut(1_990, 1_995)))) {
            var looks = new AtomicInteger();
            var sets = new VisibleSets(view, looks::incrementAndGet);
            DomainNamesPage page = sets.domains(ALL, "", "", 1);
            assertThat(page).isEqualTo(new DomainNamesPage(List.of(name(1_990)), next(1_990)));
            assertThat(looks).as("not once for each two names").hasValueLessThan(10);
            assertThat(sets.domains(ALL, "", name(1_990), 1))
                    .isEqualTo(new DomainNamesPage(List.of(name(1_995)), Optional.empty()));
            assertThat(sets.domains(ALL, "x", "", 5).domains()).isEmpty();
            assertThat(sets.count(ALL)).isEqualTo(2);
        }
    }

    @Test
    void setAlgebraEndsWhenTheTimeIsOver() throws Exception {
        try (var views = published();
                View view = views.open(Visibility.EVERYTHING, Duration.ZERO)) {
            VisibleSets sets = view.sets();
            assertThatThrownBy(() -> sets.count(ALL))
                    .isInstanceOf(QueryException.TookTooLong.class);
            assertThatThrownBy(() -> sets.overlap(List.of(0)))
                    .isInstanceOf(QueryException.TookTooLong.class);
            assertThatThrownBy(() -> sets.top(0, 1)).isInstanceOf(QueryException.TookTooLong.class);
            assertThatThrownBy(() -> sets.domains(ALL, "", "", 1))
                    .isInstanceOf(QueryException.TookTooLong.class);
        }
    }

    private PublishedViews published() throws Exception {
        var views = new PublishedViews(directory);
        List<UrlRow> rows = new ArrayList<>();
        for (int i = 0; i < DOMAINS; i++) {
            rows.addAll(Rows.rows(name(i), "x", 1));
        }
        views.publisher().publish(0, rows);
        return views;
    }

    private static Map<String, UrlRange> allBut(int... shown) {
        Map<String, UrlRange> masks = new HashMap<>();
        for (int i = 0; i < DOMAINS; i++) {
            masks.put(name(i), UrlRange.ALL);
        }
        for (int each : shown) {
            masks.remove(name(each));
        }
        return masks;
    }

    private static Optional<String> next(int after) {
        return Optional.of(name(after));
    }

    private static String name(int i) {
        return "d%04d.example".formatted(i);
    }
}
