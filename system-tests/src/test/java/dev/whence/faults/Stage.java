package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.embedded.EmbeddedS3;
import dev.whence.system.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The system as production has it: broker and services as processes, each way from a service to
 * broker or store a link that things can go wrong on, somebody who sends and somebody who asks. One
 * stage sees all the faults of a class, one after the other, on the same lake.
 */
final class Stage implements AutoCloseable {
    static final String TOPIC = "whence.url-batches";
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String BUCKET = "whence";
    private static final String SECRET = "not-a-secret";

    /** Some sixteen batches a second, of twenty URLs each. */
    private static final int PAUSE_MILLIS = 60;

    private static final int FLOOD_PAUSE_MILLIS = 1;

    private final Path directory;
    private final Random random = new Random(SEED);
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final Truth truth = new Truth();
    private final Broker broker;
    private final EmbeddedS3 s3;
    private final Sender sender;
    private Service query;
    private Witness witness;
    private Judge judge;

    private Stage(Path directory, Broker broker, EmbeddedS3 s3) {
        this.directory = directory;
        this.broker = broker;
        this.s3 = s3;
        this.sender = new Sender(broker.address(), truth, new Random(SEED + 1));
    }

    /** Broker and store; the services are up to the test, the query service last. */
    static Stage open(Path directory) throws Exception {
        System.out.println("seed " + SEED);
        Broker broker = Broker.start(directory.resolve("kafka"), new Random(SEED + 2));
        EmbeddedS3 s3 = EmbeddedS3.start(directory.resolve("s3"), 0, BUCKET, SECRET);
        s3.createBucket(BUCKET);
        return new Stage(directory, broker, s3);
    }

    /** Starts one of each service, and puts something in the lake. */
    void startOneOfEach() throws Exception {
        start("ingest");
        start("indexer");
        startQuery();
    }

    /** Starts the one that is asked, and begins to ask; everything is there then. */
    Service startQuery(String... options) throws Exception {
        query = start("query", options);
        witness = new Witness(query, truth, new Random(SEED + 3));
        judge = new Judge(truth, witness, query, services, commandLine());
        sender.sendOneOfEach();
        judge.judge("none: the start", Instant.now());
        return query;
    }

    /** Where the cache of the next service that is started will lie. */
    Path nextCache() {
        return cacheOf(services.size());
    }

    /** In a folder of its own, which can be a disk. */
    private Path cacheOf(int number) {
        return directoryOf(number).resolve("disk/cache");
    }

    private Path directoryOf(int number) {
        return directory.resolve("service-" + number);
    }

    /** Starts a service, which may be another of its kind. */
    Service start(String name, String... options) throws IOException {
        int number = services.size();
        Path own = Files.createDirectories(directoryOf(number));
        var link = new FaultyLink(s3.endpoint().getPort(), new Random(SEED + 4 + number));
        var settings = new HashMap<>(storeAt(link.port()));
        settings.put("QUARKUS_HTTP_PORT", "0");
        settings.put("WHENCE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + broker.link().port());
        settings.put(
                "WHENCE_%s_CACHE_DIRECTORY".formatted(name.toUpperCase(Locale.ROOT)),
                cacheOf(number).toString());
        Service service = Service.begin(name, settings, own, List.of(options), link);
        services.add(service);
        return service;
    }

    private static Map<String, String> storeAt(int port) {
        return Map.of(
                "WHENCE_STORE_LOCATION",
                "s3://" + BUCKET,
                "WHENCE_STORE_ENDPOINT",
                "http://127.0.0.1:" + port,
                "WHENCE_STORE_REGION",
                "us-east-1",
                "WHENCE_STORE_ACCESS_KEY",
                BUCKET,
                "WHENCE_STORE_SECRET_KEY",
                SECRET);
    }

    /** Which asks the store straight. */
    private CommandLine commandLine() {
        return new CommandLine(storeAt(s3.endpoint().getPort()), directory);
    }

    Broker broker() {
        return broker;
    }

    Random random() {
        return random;
    }

    /** All of the name that run. */
    List<Service> all(String name) {
        return services.stream().filter(service -> service.name().equals(name)).toList();
    }

    Service one(String name) {
        return all(name).getFirst();
    }

    /** What happens while batches come in and questions are asked; mended when it returns. */
    interface Happening {
        void happen() throws Exception;
    }

    /** Lets a fault happen, and returns if the promises held. */
    Verdict endures(String fault, Happening happening) throws Exception {
        Instant mended;
        try (var _ = sender.load(PAUSE_MILLIS)) {
            happening.happen();
            mended = Instant.now();
        }
        sender.sendOneOfEach();
        return judge.judge(fault, mended);
    }

    /** Lets a trouble happen for a while on links, to a share of the requests. */
    Verdict endures(String fault, Trouble trouble, double share, int millis, List<FaultyLink> links)
            throws Exception {
        return endures(
                fault,
                () -> {
                    for (FaultyLink link : links) {
                        link.suffer(trouble, share);
                    }
                    try {
                        Thread.sleep(millis);
                    } finally {
                        for (FaultyLink link : links) {
                            link.heal();
                        }
                    }
                });
    }

    /**
     * For a while as many batches as can be sent, and more who ask; all must hear what is right.
     */
    void flood(int millis, int askers) throws Exception {
        var crowd = new ArrayList<Witness>();
        try (var _ = sender.load(FLOOD_PAUSE_MILLIS)) {
            for (int asker = 0; asker < askers; asker++) {
                crowd.add(new Witness(query, truth, new Random(SEED - asker)));
            }
            Thread.sleep(millis);
        } finally {
            for (Witness witness : crowd) {
                witness.close();
            }
        }
        for (Witness witness : crowd) {
            assertThat(witness.hear().wrong()).as("wrong answers").isEmpty();
        }
    }

    /** Every service's way to the store. */
    List<FaultyLink> ways() {
        return services.stream().map(Service::store).toList();
    }

    @Override
    public void close() throws Exception {
        if (witness != null) {
            witness.close();
        }
        // A closed link lets nobody wait who would not hear of the end.
        for (Service service : services) {
            service.close();
        }
        sender.close();
        broker.close();
        s3.close();
    }
}
