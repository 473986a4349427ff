package dev.whence.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/** {@code whence up}: parts, then services, then the line that begins {@code ready:}. */
@QuarkusMain
public final class Standalone {
    private static final long STOP_TIMEOUT_SECONDS = 30;

    private Standalone() {}

    public static void main(String[] args) {
        var options = new UpOptions();
        var command = new CommandLine(options);
        try {
            if (CommandLine.printHelpIfRequested(command.parseArgs(args))) {
                return;
            }
        } catch (CommandLine.ParameterException e) {
            System.err.println("whence up: " + e.getMessage());
            command.usage(System.err);
            System.exit(2);
        }
        try {
            System.exit(run(options));
        } catch (IOException e) {
            System.err.println("whence up: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Returns the exit code. */
    private static int run(UpOptions options) throws IOException {
        Path data = Files.createDirectories(options.data).toRealPath();
        if (options.port != 0) {
            FreePort.check(options.port);
        }
        Parts parts = Parts.start(data, options.kafkaPort, options.s3Port);
        // Chosen last: the broker and the store might have been given it.
        int port = FreePort.check(options.port);
        Addresses addresses = parts.addresses("http://localhost:" + port);
        ServiceSettings.apply(addresses, data, port);

        // The services stop first, at a signal too: they still write to the broker and the store.
        var servicesStopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> stop(parts, servicesStopped), "whence-stop"));
        boolean withSample = !options.noSample && parts.holdsNothingBut(Sample.DATASETS);
        var announcement = new Announcement(addresses, data, withSample);
        Thread.ofVirtual().name("whence-announcement").start(announcement);
        var code = new AtomicInteger();
        Quarkus.run(
                null,
                (exitCode, failure) -> {
                    code.set(exitCode);
                    if (failure != null) {
                        System.err.println(
                                "whence up: the services did not start: " + reason(failure));
                        code.set(1);
                    }
                    servicesStopped.countDown();
                });
        servicesStopped.countDown();
        return code.get();
    }

    /** What those around it wrap. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static void stop(Parts parts, CountDownLatch servicesStopped) {
        try {
            if (!servicesStopped.await(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "whence up: the services took more than "
                                + STOP_TIMEOUT_SECONDS
                                + " s to stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.close();
    }
}
