package dev.whence.faults;

import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedKafka.Detour;
import java.nio.file.Path;
import java.util.Map;

/** Serves the topics on a directory until it is ended. */
final class BrokerProcess {
    static final String SERVES = "^(serves)$";
    private static final int PARTITIONS = 4;

    private BrokerProcess() {}

    /**
     * Arguments: the directory, the port for all but ingest, the port that ingest's link leads to,
     * and the port of that link.
     */
    public static void main(String[] arguments) throws Exception {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(
                        Path.of(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        new Detour(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        kafka.createTopic(Stage.TOPIC, PARTITIONS, Map.of());
        kafka.createTopic(Stage.TOPIC + ".dlq", 1, Map.of());
        System.out.println("serves");
        Thread.currentThread().join();
    }
}
