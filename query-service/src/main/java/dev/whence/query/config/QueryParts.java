package dev.whence.query.config;

import dev.whence.access.AccessChain;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.VersionChain;
import dev.whence.query.CanonicalNames;
import dev.whence.query.Turns;
import dev.whence.query.access.RulesFollower;
import dev.whence.query.export.Exports;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionShelf;
import dev.whence.query.view.Views;
import dev.whence.store.CountingObjectStore;
import dev.whence.telemetry.DiskMetrics;
import dev.whence.telemetry.DiskRoom;
import dev.whence.telemetry.StoreMetrics;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlProfile;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the parts of the query service and lets them go in reverse order. Only types of this
 * service are handed out: other services may live in the same process with stores of their own.
 */
@Singleton
final class QueryParts {
    private final MeterRegistry meters;
    private final CountingObjectStore store;
    private final CacheDirectory cache;
    private final RulesFollower rules;
    private final VersionShelf shelf;
    private final VersionFollower follower;
    private final Views views;
    private final Turns heavyCalls;
    private final LakeReader lake;
    private final UrlPages pages;
    private final CanonicalNames names;
    private final Exports exports;

    @Inject
    QueryParts(
            QueryConfig settings,
            QueryStoreConfig storeSettings,
            QueryDiskConfig diskSettings,
            @ConfigProperty(name = "quarkus.http.host") String host,
            MeterRegistry meters)
            throws IOException {
        SettingsCheck.check(settings);
        PageMemory memory = PageMemory.ofThisProcess();
        int pageReads = settings.pageReads().orElseGet(memory::pageReads);
        long openFileBytes = settings.openFileBytes().orElseGet(memory::openFileBytes);
        memory.requireRoomFor(pageReads, openFileBytes);
        this.meters = meters;
        store = new CountingObjectStore(storeSettings.open());
        StoreMetrics.bind(meters, "query", store);
        rules =
                new RulesFollower(
                        new AccessChain(store),
                        settings.accessMaxAge(),
                        OpenCheck.mayBeOpen(host, settings.openToAll()),
                        Clock.systemUTC());
        OpenCheck.check(rules, host);
        cache = CacheDirectory.open(settings.cacheDirectory());
        DiskRoom room = DiskRoom.of(settings.cacheDirectory(), diskSettings);
        DiskMetrics.bind(meters, "query", room);
        var chain = new VersionChain(store);
        shelf =
                new VersionShelf(
                        chain,
                        new BlockCache(store, cache.blocks(), room::allowedBytes),
                        UrlProfile.current(),
                        settings.olderVersions());
        follower = new VersionFollower(chain, shelf, Clock.systemUTC());
        lake = new LakeReader(store, openFileBytes, settings.locatedRuns());
        pages = new UrlPages(new Turns(pageReads, settings.pagePatience()));
        heavyCalls = new Turns(settings.heavyCalls(), settings.heavyPatience());
        views =
                new Views(
                        shelf, new VersionHistory(chain), lake, settings.answerTime(), heavyCalls);
        exports = new Exports(settings.exports(), settings.exportTime(), settings.exportStall());
        names = new CanonicalNames(PublicSuffixes.bundled());
    }

    @Produces
    @Singleton
    RulesFollower rules() {
        return rules;
    }

    @Produces
    @Singleton
    VersionShelf shelf() {
        return shelf;
    }

    @Produces
    @Singleton
    VersionFollower follower() {
        return follower;
    }

    @Produces
    @Singleton
    Views views() {
        return views;
    }

    @Produces
    @Singleton
    Turns heavyCalls() {
        return heavyCalls;
    }

    @Produces
    @Singleton
    LakeReader lake() {
        return lake;
    }

    @Produces
    @Singleton
    UrlPages pages() {
        return pages;
    }

    @Produces
    @Singleton
    CanonicalNames names() {
        return names;
    }

    @Produces
    @Singleton
    Exports exports() {
        return exports;
    }

    /** Lets the meters go, too: the registry is the process's, and a next start registers anew. */
    @PreDestroy
    void close() throws IOException {
        meters.clear();
        shelf.close();
        store.close();
        cache.close();
    }
}
