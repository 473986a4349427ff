package dev.whence.ingest.kafka;

import dev.whence.ingest.DeadLetter;
import dev.whence.ingest.DeadLetters;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topic of dead letters: a record's key and value as they were, and in headers the reason and
 * the origin. A value or a key that is too large for the topic stays where it came from, and a
 * header says so.
 */
final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
    static final String REASON = "whence-reason";
    static final String ORIGIN_TOPIC = "whence-origin-topic";
    static final String ORIGIN_PARTITION = "whence-origin-partition";
    static final String ORIGIN_OFFSET = "whence-origin-offset";
    static final String ID = "whence-id";
    static final String OMITTED_VALUE_BYTES = "whence-omitted-value-bytes";
    static final String OMITTED_KEY_BYTES = "whence-omitted-key-bytes";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaDeadLetters(KafkaSettings settings, int messageBytes) {
        this.topic = settings.deadLetterTopic();
        this.producer =
                new KafkaProducer<>(
                        settings.producer(messageBytes),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @Override
    public void send(DeadLetter letter) throws IOException {
        byte[] key = letter.record().key();
        byte[] value = letter.record().value();
        if (sendIfItFits(record(letter, key, value))) {
            return;
        }
        ProducerRecord<byte[], byte[]> withoutValue = record(letter, key, null);
        header(withoutValue, OMITTED_VALUE_BYTES, bytes(value));
        if (sendIfItFits(withoutValue)) {
            return;
        }
        ProducerRecord<byte[], byte[]> bare = record(letter, null, null);
        header(bare, OMITTED_VALUE_BYTES, bytes(value));
        header(bare, OMITTED_KEY_BYTES, bytes(key));
        if (!sendIfItFits(bare)) {
            throw new IOException("topic " + topic + " is set to take no record of any size");
        }
    }

    /** Returns when the topic has the record; false if that is too large for it. */
    private boolean sendIfItFits(ProducerRecord<byte[], byte[]> record) throws IOException {
        try {
            producer.send(record).get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw notTaken(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing to topic " + topic);
        } catch (RecordTooLargeException e) {
            return false;
        } catch (KafkaException e) {
            throw notTaken(e);
        }
    }

    private IOException notTaken(@Nullable Throwable cause) {
        return new IOException("topic " + topic + " does not take a dead letter: " + cause, cause);
    }

    private ProducerRecord<byte[], byte[]> record(
            DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value) {
        var record = new ProducerRecord<byte[], byte[]>(topic, key, value);
        header(record, REASON, letter.reason());
        header(record, ORIGIN_TOPIC, letter.origin().topic());
        header(record, ORIGIN_PARTITION, Integer.toString(letter.origin().partition().partition()));
        header(record, ORIGIN_OFFSET, Long.toString(letter.record().offset()));
        header(record, ID, letter.id());
        return record;
    }

    private static String bytes(byte @Nullable [] omitted) {
        return Integer.toString(omitted == null ? 0 : omitted.length);
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
