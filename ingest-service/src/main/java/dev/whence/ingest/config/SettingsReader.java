package dev.whence.ingest.config;

import dev.whence.ingest.BatchLimits;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.HeapShares;
import dev.whence.ingest.IngestSettings;
import dev.whence.ingest.SourceRoot;
import dev.whence.ingest.kafka.KafkaSettings;
import dev.whence.store.ObjectStore;
import dev.whence.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings the configuration into the forms that ingest knows, checked. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * What ingest is told.
     *
     * @throws IllegalArgumentException if a setting is out of its bounds; its message names it
     */
    public static IngestSettings ingest(IngestConfig config) {
        HeapShares heap = HeapShares.ofThisProcess();
        heap.requireRoomFor(config.maxMessageBytes());
        return new IngestSettings(
                new FlushLimits(
                        config.flushBytes(),
                        config.flushAge(),
                        config.bufferBytes().orElseGet(heap::bufferBytes)),
                new BatchLimits(
                        config.maxMessageBytes(),
                        config.maxExtras(),
                        config.maxExtrasBytes(),
                        config.maxObjects(),
                        config.maxClaimRows(),
                        config.maxRejectsBytes()),
                config.spreadDatasets().orElse(Set.of()),
                config.acceptLostRecords(),
                config.accessMaxAge(),
                config.temporaryDirectory().orElseGet(SettingsReader::temporaryDirectory),
                config.stopTimeout());
    }

    /** Where the batches are; refuses what is no topic, as above. */
    public static KafkaSettings kafka(IngestKafkaConfig config) {
        return new KafkaSettings(
                config.bootstrapServers(), config.topic(), config.group(), config.client());
    }

    /** A store for each prefix, rooted there: with the lake's endpoint and keys, and no others. */
    public static List<SourceRoot> sources(IngestConfig config, StoreSettings lake) {
        var roots = new ArrayList<SourceRoot>();
        for (String prefix : config.sources().orElse(List.of())) {
            roots.add(SourceRoot.of(prefix, () -> open(prefix, lake)));
        }
        return roots;
    }

    private static ObjectStore open(String prefix, StoreSettings lake) {
        return new Rooted(URI.create(prefix), lake).open();
    }

    /** This process's own: another one's files would be deleted at the start. */
    private static Path temporaryDirectory() {
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "whence-ingest-" + ProcessHandle.current().pid());
    }

    /** The lake's server and keys, at another location. */
    private record Rooted(URI location, StoreSettings lake) implements StoreSettings {
        @Override
        public Optional<URI> endpoint() {
            return lake.endpoint();
        }

        @Override
        public Optional<String> region() {
            return lake.region();
        }

        @Override
        public Optional<String> accessKey() {
            return lake.accessKey();
        }

        @Override
        public Optional<String> secretKey() {
            return lake.secretKey();
        }

        @Override
        public Optional<Boolean> pathStyle() {
            return lake.pathStyle();
        }
    }
}
