package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.ingest.BatchRecord;
import dev.whence.ingest.DeadLetter;
import dev.whence.ingest.Tenure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class KafkaDeadLettersTest {
    private static final int MESSAGE_BYTES = 2_000;

    private static byte[] bytes(int count, char of) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) of);
        return bytes;
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> letter) {
        return StreamSupport.stream(letter.headers().spliterator(), false)
                .collect(
                        Collectors.toMap(
                                header -> header.key(),
                                header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    @Test
    void keepsAsMuchOfARecordAsTheTopicTakes() throws Exception {
        try (Rig rig = new Rig(1);
                Admin admin = rig.admin();
                var letters = new KafkaDeadLetters(rig.kafkaSettings("g"), 1 << 20)) {
            var limit = new ConfigEntry("max.message.bytes", Integer.toString(MESSAGE_BYTES));
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(
                                            ConfigResource.Type.TOPIC, rig.topic + ".dlq"),
                                    List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            var tenure = new Tenure(rig.topic, rig.partition(0), 0);
            byte[] small = bytes(10, 's');
            byte[] large = bytes(3_000, 'l');
            byte[] beyondTheProducer = bytes(5 << 20, 'b');
            letters.send(new DeadLetter(tenure, new BatchRecord(5, small, small), "why"));
            letters.send(new DeadLetter(tenure, new BatchRecord(6, small, large), "why"));
            letters.send(new DeadLetter(tenure, new BatchRecord(7, large, null), "why"));
            letters.send(
                    new DeadLetter(tenure, new BatchRecord(8, large, beyondTheProducer), "why"));
            letters.send(new DeadLetter(tenure, new BatchRecord(9, null, null), "why"));

            List<ConsumerRecord<byte[], byte[]>> sent = rig.deadLetters(5);
            assertThat(sent)
                    .extracting(ConsumerRecord::key)
                    .containsExactly(small, small, null, null, null);
            assertThat(sent)
                    .extracting(ConsumerRecord::value)
                    .containsExactly(small, null, null, null, null);
            String id = rig.topicId() + ":0:";
            assertThat(headers(sent.getFirst()))
                    .isEqualTo(
                            Map.of(
                                    "whence-reason", "why",
                                    "whence-origin-topic", rig.topic,
                                    "whence-origin-partition", "0",
                                    "whence-origin-offset", "5",
                                    "whence-id", id + 5));
            assertThat(headers(sent.get(1)))
                    .containsEntry("whence-omitted-value-bytes", "3000")
                    .doesNotContainKey("whence-omitted-key-bytes");
            assertThat(headers(sent.get(2)))
                    .containsEntry("whence-omitted-value-bytes", "0")
                    .containsEntry("whence-omitted-key-bytes", "3000");
            assertThat(headers(sent.get(3)))
                    .containsEntry("whence-omitted-value-bytes", "5242880")
                    .containsEntry("whence-omitted-key-bytes", "3000")
                    .containsEntry("whence-id", id + 8);
        }
    }
}
