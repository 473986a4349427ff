package dev.whence.query.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageMemoryTest {
    @ParameterizedTest
    @CsvSource({"2, 1, 1048576", "96, 1, 25165824", "512, 3, 134217728", "4096, 16, 134217728"})
    void followsTheHeap(long mebibytes, int reads, long openFileBytes) {
        var memory = new PageMemory(mebibytes << 20);
        assertThat(memory.pageReads()).isEqualTo(reads);
        assertThat(memory.openFileBytes()).isEqualTo(openFileBytes);
        assertThatCode(() -> memory.requireRoomFor(memory.pageReads(), memory.openFileBytes()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesMoreThanTheHeapHoldsAndNamesTheSettings() {
        assertThatThrownBy(() -> new PageMemory(512 << 20).requireRoomFor(16, 128 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whence.query.page-reads is 16")
                .hasMessageContaining("whence.query.open-file-bytes 134217728")
                .hasMessageContaining("the heap has 536870912 bytes");
    }
}
