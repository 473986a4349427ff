package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.embedded.EmbeddedS3;
import dev.whence.system.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    private static final String CACHE = "cache";

    /** Some sixteen batches a second, of twenty URLs each. */
    private static final int PAUSE_MILLIS = 60;

    /** The start says nothing of faults; it has time on the slowest machine. */
    private static final Duration START = Duration.ofMinutes(4);

    private final Path directory;
    private final FaultTable table;
    private final Random random = new Random(SEED);
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final Truth truth = new Truth();
    private final Broker broker;
    private final EmbeddedS3 s3;
    private final Sender sender;
    private final Instant opened = Instant.now();
    private Witness witness;
    private Judge judge;

    /** How long it took until all services were ready. */
    private Duration start;

    /** The test that is on. */
    private String test;

    private Stage(Path directory, FaultTable table, Broker broker, EmbeddedS3 s3) {
        this.directory = directory;
        this.table = table;
        this.broker = broker;
        this.s3 = s3;
        this.sender = new Sender(broker.address(), truth, new Random(SEED + 1));
    }

    /** Broker and store; the services are up to the test, the query service last. */
    static Stage open(Path directory, FaultTable table) throws Exception {
        System.out.println("seed " + SEED);
        Broker broker = Broker.start(directory.resolve("kafka"), new Random(SEED + 2));
        EmbeddedS3 s3 = EmbeddedS3.start(directory.resolve("s3"), 0, BUCKET, SECRET);
        s3.createBucket(BUCKET);
        return new Stage(directory, table, broker, s3);
    }

    /** The next test comes on. */
    void begin(String next) {
        test = next;
    }

    /** Starts one of each service, and puts something in the lake. */
    void startOneOfEach(String... options) throws Exception {
        start("ingest", options);
        start("indexer", options);
        startQuery(options);
    }

    /** Starts the one that is asked, and begins to ask when everything is there. */
    void startQuery(String... options) throws Exception {
        Service query = start("query", options);
        judge = new Judge(new Served(truth, query), query, services, commandLine());
        sender.sendOneOfEach();
        start = judge.awaitRecovery(opened, START);
        judge.judgeLake();
        witness = new Witness(query, truth, new Random(SEED + 3));
    }

    /** Where the next of its name that is started keeps its files: a folder that can be a disk. */
    Path nextDisk(String name) {
        return directoryOf(name, all(name).size()).resolve("disk");
    }

    private Path directoryOf(String name, int ofItsKind) {
        return directory.resolve("%s-%d".formatted(name, ofItsKind + 1));
    }

    /** Starts a service, which may be another of its kind. */
    Service start(String name, String... options) throws IOException {
        int ofItsKind = all(name).size();
        Path disk = nextDisk(name);
        Path own = Files.createDirectories(directoryOf(name, ofItsKind));
        var link =
                new FaultyLink(
                        own.getFileName() + " to S3",
                        s3.endpoint().getPort(),
                        new Random(SEED + 4 + services.size()));
        var settings = new HashMap<>(storeAt(link.port()));
        settings.put("QUARKUS_HTTP_PORT", "0");
        if (name.equals("ingest")) {
            settings.put(
                    "WHENCE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + broker.link(ofItsKind).port());
            settings.put("WHENCE_INGEST_TEMPORARY_DIRECTORY", disk.resolve("files").toString());
        } else {
            settings.put(
                    "WHENCE_%s_CACHE_DIRECTORY".formatted(name.toUpperCase(Locale.ROOT)),
                    disk.resolve(CACHE).toString());
        }
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

    List<Service> all() {
        return List.copyOf(services);
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

    /** Lets a fault happen, and returns if it was one and the promises held. */
    void endures(Fault fault, Happening happening) throws Exception {
        List<Double> before = Sign.read(fault.signs());
        List<String> felt;
        Witness.Heard during;
        int ends;
        Instant mended;
        try (var _ = sender.load(PAUSE_MILLIS)) {
            happening.happen();
            mended = Instant.now();
            during = witness.hear();
            ends = judge.ends();
            felt = fault.felt(before);
        }
        sender.sendOneOfEach();
        Duration recovery = judge.awaitRecovery(mended, fault.within().bound(start));
        judge.judgeLake();
        judge.judgeAnswers(during, witness.hear());
        judge.judgeEnds(ends);
        assertThat(broker.deadLetters()).as("dead letters").isZero();
        table.add(new Verdict(fault.name(), test, felt, recovery, during));
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
