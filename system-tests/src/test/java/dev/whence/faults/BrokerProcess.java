package dev.whence.faults;

import dev.whence.embedded.EmbeddedKafka;
import dev.whence.embedded.EmbeddedKafka.Detour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Serves the topics on a directory until it is ended. */
final class BrokerProcess {
    static final String SERVES = "^(serves)$";
    static final String DEAD_LETTERS = Stage.TOPIC + ".dlq";
    private static final int PARTITIONS = 4;

    private BrokerProcess() {}

    /**
     * Arguments: the directory, the port for all but ingest, and for each link of an ingest the
     * port that it leads to and its own.
     */
    public static void main(String[] arguments) throws Exception {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(
                        Path.of(arguments[0]), Integer.parseInt(arguments[1]), detours(arguments));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        kafka.createTopic(Stage.TOPIC, PARTITIONS, Map.of());
        kafka.createTopic(DEAD_LETTERS, 1, Map.of());
        System.out.println("serves");
        Thread.currentThread().join();
    }

    private static List<Detour> detours(String[] arguments) {
        var detours = new ArrayList<Detour>();
        for (int at = 2; at < arguments.length; at += 2) {
            detours.add(
                    new Detour(
                            Integer.parseInt(arguments[at]), Integer.parseInt(arguments[at + 1])));
        }
        return detours;
    }
}
