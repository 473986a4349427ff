package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

    @Test
    void holdsADirectoryForOneAtATime(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("deeper/lock");
        ProcessLock held = ProcessLock.hold(directory, file, "whence.query.cache-directory");
        assertThatThrownBy(() -> ProcessLock.hold(directory, file, "whence.query.cache-directory"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("whence.query.cache-directory");
        held.close();
        ProcessLock.hold(directory, file, "whence.query.cache-directory").close();
    }
}
