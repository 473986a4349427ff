package dev.whence.telemetry;

import java.util.OptionalLong;

/** The settings {@code whence.disk.*}, the same for every service that keeps files. */
public interface DiskSettings {

    /**
     * Bytes of the volume that the service's local directory lies on, where its file system does
     * not tell them: an {@code emptyDir} with a {@code sizeLimit} shows the disk of its node. The
     * file system's if left out. From 1 MiB to 64 TiB.
     */
    OptionalLong volumeBytes();

    /**
     * Refuses a volume out of its bounds.
     *
     * @throws IllegalArgumentException that names the setting
     */
    default void check() {
        if (volumeBytes().isPresent()
                && (volumeBytes().getAsLong() < 1L << 20
                        || volumeBytes().getAsLong() > 64L << 40)) {
            throw new IllegalArgumentException(
                    "whence.disk.volume-bytes is from %d to %d, not %d"
                            .formatted(1L << 20, 64L << 40, volumeBytes().getAsLong()));
        }
    }
}
