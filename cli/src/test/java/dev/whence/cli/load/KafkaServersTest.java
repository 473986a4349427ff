package dev.whence.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaServersTest {
    @Test
    void propertiesAreNamedAsTheIngestServiceNamesThem() {
        var environment =
                Map.of(
                        "WHENCE_KAFKA_CLIENT__SECURITY_PROTOCOL_", "SSL",
                        "WHENCE_KAFKA_CLIENT__SSL_TRUSTSTORE_LOCATION_", "/etc/ca.crt",
                        "WHENCE_KAFKA", "elsewhere:1",
                        "HOME", "/home");
        assertThat(KafkaServers.of("h:9093", environment).properties())
                .containsOnly(
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("ssl.truststore.location", "/etc/ca.crt"));
    }

    @Test
    void whatTheCommandPromisesIsNotTheirs() {
        var servers =
                new KafkaServers("h:1", Map.of("acks", "0", "bootstrap.servers", "elsewhere:1"));
        assertThat(servers.with(Map.of("acks", "all")))
                .containsOnly(Map.entry("acks", "all"), Map.entry("bootstrap.servers", "h:1"));
    }

    @Test
    void showsNoPassword() {
        var servers = new KafkaServers("h:1", Map.of("sasl.jaas.config", "secret"));
        assertThat(servers).hasToString("h:1");
    }
}
