package dev.whence.embedded;

import java.nio.file.Path;

/** Serves Kafka on the directory that it is given until it is killed. */
final class KafkaProcess {
    private KafkaProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0);
        System.out.println(kafka.bootstrapServers());
        Thread.currentThread().join();
    }
}
