package dev.whence.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.LogRange;
import org.junit.jupiter.api.Test;

class EntryTraceTest {

    @Test
    void anEntryHasOneTraceWhoeverAsksAndAnotherThanItsNeighbours() {
        var trace = EntryTrace.of(new LogRange("topic", 3, 1_800, 1_850));
        assertThat(trace.isValid()).isTrue();
        assertThat(trace.isSampled()).isTrue();
        assertThat(EntryTrace.of(new LogRange("topic", 3, 1_800, 1_900))).isEqualTo(trace);
        assertThat(EntryTrace.of(new LogRange("topic", 3, 1_850, 1_900)).getTraceId())
                .isNotEqualTo(trace.getTraceId());
        assertThat(EntryTrace.of(new LogRange("topic", 4, 1_800, 1_850)).getTraceId())
                .isNotEqualTo(trace.getTraceId());
    }

    @Test
    void anotherReleaseFindsTheSameTrace() {
        var trace = EntryTrace.of(new LogRange("topic", 3, 1_800, 1_850));
        assertThat(trace.getTraceId() + trace.getSpanId())
                .isEqualTo("5720cb76fb92df63415f2f05f4641668d647bb814ac05717");
    }
}
