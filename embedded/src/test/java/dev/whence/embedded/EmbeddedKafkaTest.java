package dev.whence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class EmbeddedKafkaTest {
    private static final String TOPIC = "batches";

    @TempDir Path directory;

    @Test
    void keepsTopicsAndRecordsOverARestart() throws Exception {
        List<String> before = values("before", 50);
        List<String> after = values("after", 50);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
            kafka.createTopic(TOPIC, 1, Map.of());
            produce(kafka.bootstrapServers(), before);
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            produce(kafka.bootstrapServers(), after);
            List<String> both = new ArrayList<>(before);
            both.addAll(after);
            assertThat(consume(kafka.bootstrapServers(), both.size())).isEqualTo(both);
        }
    }

    @Test
    void createsATopicOnceAndLeavesItThen() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopic(TOPIC, 3, Map.of("retention.ms", "60000"));
            kafka.createTopic(TOPIC, 5, Map.of());
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                var description = admin.describeTopics(List.of(TOPIC)).allTopicNames().get();
                assertThat(description.get(TOPIC).partitions()).hasSize(3);
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
                var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
                assertThat(config.get("retention.ms").value()).isEqualTo("60000");
            }
            assertThatThrownBy(() -> kafka.createTopic("no spaces", 1, Map.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no spaces");
        }
    }

    @Test
    void takesMessagesUpToItsLimitAndNoLarger() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopic(TOPIC, 1, Map.of());
            Properties settings = new Properties();
            settings.put("bootstrap.servers", kafka.bootstrapServers());
            settings.put("max.request.size", Integer.toString(2 * EmbeddedKafka.MAX_MESSAGE_BYTES));
            try (var producer =
                    new KafkaProducer<>(
                            settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                byte[] large = new byte[EmbeddedKafka.MAX_MESSAGE_BYTES - 1024];
                producer.send(new ProducerRecord<>(TOPIC, large)).get();
                byte[] tooLarge = new byte[EmbeddedKafka.MAX_MESSAGE_BYTES + 1];
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>(TOPIC, tooLarge)).get())
                        .hasCauseInstanceOf(RecordTooLargeException.class);
            }
            Map<String, Object> reading = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (var consumer =
                    new KafkaConsumer<>(
                            reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                TopicPartition partition = new TopicPartition(TOPIC, 0);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                var records = consumer.poll(Duration.ofSeconds(30)).records(partition);
                assertThat(records).hasSize(1);
                assertThat(records.getFirst().value())
                        .hasSize(EmbeddedKafka.MAX_MESSAGE_BYTES - 1024);
            }
        }
    }

    @Test
    void refusesADirectoryThatIsInUseAndNamesTheOwner() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        try (kafka) {
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, 0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
            kafka.createTopic(TOPIC, 1, Map.of());
        }
        kafka.close();
        EmbeddedKafka.start(directory, 0).close();
    }

    @Test
    void saysThatAPortIsTakenAndGivesTheDirectoryFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedKafka.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
        EmbeddedKafka.start(directory, 0).close();
    }

    @Test
    void knowsThatItLostAPortToSomebodyElse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            KafkaNode free = KafkaNode.onFreePorts(directory.resolve("log"), 0, List.of());
            List<KafkaNode> late =
                    List.of(
                            new KafkaNode(
                                    free.logDirectory(),
                                    taken.getLocalPort(),
                                    free.controllerPort(),
                                    List.of()),
                            new KafkaNode(
                                    free.logDirectory(),
                                    free.brokerPort(),
                                    taken.getLocalPort(),
                                    List.of()));
            for (KafkaNode node : late) {
                node.format();
                // Left to itself, Kafka would end this whole process here.
                assertThatThrownBy(() -> EmbeddedKafka.serve(node))
                        .matches(EmbeddedKafka::isCausedByBind);
            }
        }
        EmbeddedKafka.start(directory, 0).close();
    }

    @Test
    void saysWhichDirectoryItCannotRead() throws Exception {
        KafkaNode node = KafkaNode.onFreePorts(directory.resolve("log"), 0, List.of());
        node.format();
        Files.writeString(node.logDirectory().resolve("meta.properties"), "version=99\n");
        assertThatThrownBy(() -> EmbeddedKafka.start(directory, 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(node.logDirectory().toString());
    }

    @Test
    @Tag("slow")
    void keepsEveryAcknowledgedRecordOverAKill() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            try (KilledProcess broker =
                    KilledProcess.start(KafkaProcess.class, directory.toString())) {
                if (round == 0) {
                    try (Admin admin =
                            Admin.create(Map.of("bootstrap.servers", broker.firstLine()))) {
                        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
                    }
                }
                List<String> values = values("round " + round, 500);
                produce(broker.firstLine(), values);
                acknowledged.addAll(values);
                broker.kill();
            }
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            assertThat(consume(kafka.bootstrapServers(), acknowledged.size()))
                    .isEqualTo(acknowledged);
        }
    }

    private static List<String> values(String name, int count) {
        return IntStream.range(0, count).mapToObj(number -> name + " " + number).toList();
    }

    private static void produce(String bootstrapServers, List<String> values) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "1");
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String value : values) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, value)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static List<String> consume(String bootstrapServers, int count) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "readers",
                        "auto.offset.reset",
                        "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (values.size() < count && System.nanoTime() < giveUp) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(500))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
