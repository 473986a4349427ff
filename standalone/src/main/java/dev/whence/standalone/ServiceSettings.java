package dev.whence.standalone;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What the services are told: where the parts are, and to hurry, since nobody pays for a request on
 * loopback.
 */
final class ServiceSettings {
    private ServiceSettings() {}

    static void apply(Addresses addresses, Path data, int httpPort) {
        set("quarkus.http.host", "127.0.0.1");
        set("quarkus.http.port", Integer.toString(httpPort));
        set("quarkus.log.file.path", data.resolve("whence.log").toString());
        set("whence.kafka.bootstrap-servers", addresses.kafka());
        set("whence.kafka.topic", Parts.TOPIC);
        set("whence.store.location", addresses.storeLocation().toString());
        set("whence.store.endpoint", addresses.s3Endpoint().toString());
        set("whence.store.region", addresses.region());
        set("whence.store.access-key", addresses.accessKey());
        set("whence.store.secret-key", addresses.secretKey());
        set("whence.indexer.cache-directory", data.resolve("cache/indexer").toString());
        set("whence.query.cache-directory", data.resolve("cache/query").toString());
        set("whence.indexer.poll-interval", "PT0.2S");
        set("whence.query.poll-interval", "PT0.2S");
    }

    /** A setting that the user gave by hand, as a property or in the environment, stays. */
    private static void set(String name, String value) {
        if (System.getProperty(name) == null && System.getenv(variable(name)) == null) {
            System.setProperty(name, value);
        }
    }

    /** As MicroProfile Config has it. */
    private static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
