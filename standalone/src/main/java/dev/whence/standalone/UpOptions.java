package dev.whence.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of {@code whence up}. */
@Command(
        name = "whence up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts Whence on this machine: a Kafka broker, an S3 server and the three services in one process, all on loopback.",
            "Prints one line that begins 'ready: http://localhost:' when it serves. Ctrl-C ends it; started again on the same data it goes on where it was."
        })
final class UpOptions implements Runnable {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:WHENCE_DATA:-.whence}",
            description = "where everything is kept (default: ${DEFAULT-VALUE})")
    Path data = Path.of(".whence");

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "HTTP: page and REST (default: 8080; 0 takes a free one)")
    int port;

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "Kafka (default: 9092; 0 takes a free one)")
    int kafkaPort;

    @Option(
            names = "--s3-port",
            paramLabel = "N",
            defaultValue = "9000",
            description = "S3 (default: 9000; 0 takes a free one)")
    int s3Port;

    @Option(names = "--no-sample", negatable = false, description = "leave an empty store empty")
    boolean noSample;

    /** Nothing to do by itself: parsing fills the fields. */
    @Override
    public void run() {}
}
