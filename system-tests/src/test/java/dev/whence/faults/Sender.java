package dev.whence.faults;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A producer as it should be: idempotent, and patient enough to outlast every fault, so that in the
 * end each of its batches is accepted once.
 */
final class Sender implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 600_000;
    private static final int ATTEMPT_MILLIS = 5_000;

    private final KafkaProducer<String, String> producer;
    private final Truth truth;
    private final RandomGenerator random;
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

    Sender(String broker, Truth truth, RandomGenerator random) {
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                PATIENCE_MILLIS,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                PATIENCE_MILLIS,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                ATTEMPT_MILLIS),
                        new StringSerializer(),
                        new StringSerializer());
        this.truth = truth;
        this.random = random;
    }

    /** Sends one batch of each dataset, and returns when all are accepted. */
    void sendOneOfEach() {
        for (String dataset : truth.datasets()) {
            send(() -> truth.next(dataset, random));
        }
        awaitAccepted();
    }

    /** Sends batches until it is closed, which returns when all are accepted. */
    Load load(int pauseMillis) {
        return new Load(pauseMillis);
    }

    /** Batches go in the order in which the truth has them. */
    private synchronized void send(Supplier<Batch> next) {
        Batch batch = next.get();
        producer.send(
                new ProducerRecord<>(Stage.TOPIC, batch.dataset(), batch.json()),
                (_, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
    }

    private void awaitAccepted() {
        producer.flush();
        if (!failures.isEmpty()) {
            throw new AssertionError("batches were not accepted: " + List.copyOf(failures));
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    /** Batches that come in. */
    final class Load implements AutoCloseable {
        private final int pauseMillis;
        private final Thread thread;
        private volatile boolean ending;

        private Load(int pauseMillis) {
            this.pauseMillis = pauseMillis;
            this.thread = Thread.ofPlatform().daemon().name("sender").start(this::run);
        }

        private void run() {
            while (!ending) {
                send(() -> truth.next(random));
                try {
                    Thread.sleep(pauseMillis);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            ending = true;
            thread.join();
            awaitAccepted();
        }
    }
}
