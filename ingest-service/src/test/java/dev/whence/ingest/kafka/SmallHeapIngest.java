package dev.whence.ingest.kafka;

import dev.whence.ingest.BatchLimits;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.HeapShares;
import dev.whence.ingest.IngestSettings;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** A process that ingests into a directory, by the defaults, until its input ends. */
final class SmallHeapIngest {
    private SmallHeapIngest() {}

    /**
     * @param arguments the broker, the topic, and the directory
     */
    public static void main(String[] arguments) throws Exception {
        HeapShares heap = HeapShares.ofThisProcess();
        heap.requireRoomFor(BatchLimits.DEFAULT.messageBytes());
        Path directory = Path.of(arguments[2]);
        var settings =
                new IngestSettings(
                        new FlushLimits(
                                FlushLimits.DEFAULT_FLUSH_BYTES,
                                FlushLimits.DEFAULT_FLUSH_AGE,
                                heap.bufferBytes()),
                        BatchLimits.DEFAULT,
                        Set.of(),
                        false,
                        Duration.ofMinutes(5),
                        directory.resolve("temporary"),
                        Duration.ofSeconds(5));
        var kafka = new KafkaSettings(arguments[0], arguments[1], "small-heap", Map.of());
        try (ObjectStore lake = ObjectStores.directory(directory.resolve("lake"));
                Ingest ingest =
                        Ingest.start(
                                settings,
                                kafka,
                                lake,
                                List.of(),
                                Clock.systemUTC(),
                                ThreadLocalRandom.current())) {
            while (System.in.read() >= 0) {}
            System.out.println("conditions: " + ingest.conditions().all());
        }
    }
}
