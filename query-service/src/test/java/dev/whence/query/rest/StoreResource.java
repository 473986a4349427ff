package dev.whence.query.rest;

import dev.whence.query.Publisher;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** An empty store in a directory for the service under test, and the publisher that fills it. */
public final class StoreResource implements QuarkusTestResourceLifecycleManager {
    private Path directory;
    private ObjectStore store;
    private Publisher publisher;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("whence-query-test");
            Path root = directory.resolve("store");
            store = ObjectStores.directory(root);
            publisher = new Publisher(store, directory.resolve("scratch"));
            return Map.of(
                    "whence.store.location", root.toUri().toString(),
                    "whence.query.cache-directory", directory.resolve("cache").toString(),
                    "whence.query.poll-interval", "PT0.05S",
                    "whence.query.access-interval", "PT0.05S",
                    "whence.query.older-versions", "3",
                    "quarkus.http.test-port", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(publisher, new TestInjector.MatchesType(Publisher.class));
    }

    @Override
    public void stop() {
        store.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
