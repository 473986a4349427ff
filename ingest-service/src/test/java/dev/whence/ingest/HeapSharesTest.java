package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapSharesTest {
    @ParameterizedTest
    @CsvSource({
        "64, 16777216, 1, 4194304",
        "512, 16777216, 4, 16777216",
        "8192, 16777216, 64, 16777216",
        "44, 1048576, 5, 2883584",
        "8, 1024, 64, 1048576"
    })
    void aPollTakesAnEighthOfTheHeapAndAFetchASixteenth(
            int mebibytes, int messageBytes, int records, int fetchBytes) {
        var heap = new HeapShares((long) mebibytes << 20);
        assertThat(heap.pollRecords(messageBytes)).isEqualTo(records);
        assertThat(heap.fetchBytes()).isEqualTo(fetchBytes);
    }

    @Test
    void refusesMessagesThatTheHeapCannotHold() {
        assertThatThrownBy(() -> new HeapShares(44 << 20).requireRoomFor(16 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whence.ingest.max-message-bytes is 16777216")
                .hasMessageContaining("a heap of 46137344 bytes")
                .hasMessageContaining("-Xmx");
        assertThatCode(() -> new HeapShares(64 << 20).requireRoomFor(16 << 20))
                .doesNotThrowAnyException();
    }
}
