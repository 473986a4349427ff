package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    @Test
    void theClientsPropertiesReachEveryClientButChangeNoPromise() {
        var settings =
                new KafkaSettings(
                        "h:1",
                        "t",
                        "g",
                        Map.of(
                                "security.protocol", "SSL",
                                "request.timeout.ms", "1234",
                                "auto.offset.reset", "latest",
                                "enable.auto.commit", "true",
                                "isolation.level", "read_uncommitted",
                                "acks", "0"));
        assertThat(settings.admin())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("request.timeout.ms", "1234");
        assertThat(settings.consumer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("request.timeout.ms", "1234")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.id", "g");
        assertThat(settings.producer(1 << 20))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("request.timeout.ms", "1234")
                .containsEntry("acks", "all");
    }
}
