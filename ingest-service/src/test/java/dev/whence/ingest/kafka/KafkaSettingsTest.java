package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.ingest.HeapShares;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
    @TempDir Path directory;

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
        assertThat(settings.consumer(new HeapShares(512 << 20), 16 << 20))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("request.timeout.ms", "1234")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("max.poll.records", 4)
                .containsEntry("group.id", "g");
        assertThat(settings.producer(1 << 20))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("request.timeout.ms", "1234")
                .containsEntry("acks", "all");
    }

    @Test
    void anAuthorityInPemIsTrustedAndAFileThatIsNotThereIsNamed() throws Exception {
        Path authority = Files.writeString(directory.resolve("ca.crt"), anAuthority());
        try (Admin admin = Admin.create(trusting(authority).admin())) {
            assertThat(admin).isNotNull();
        }
        assertThatThrownBy(() -> Admin.create(trusting(directory.resolve("none.crt")).admin()))
                .isInstanceOf(KafkaException.class)
                .hasStackTraceContaining("none.crt");
    }

    private static KafkaSettings trusting(Path authority) {
        return new KafkaSettings(
                "127.0.0.1:9",
                "t",
                "g",
                Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", authority.toString()));
    }

    /** One of those that Java knows. */
    private static String anAuthority() throws GeneralSecurityException {
        TrustManagerFactory known =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        known.init((KeyStore) null);
        X509Certificate first =
                Arrays.stream(known.getTrustManagers())
                        .filter(X509TrustManager.class::isInstance)
                        .map(X509TrustManager.class::cast)
                        .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                        .findFirst()
                        .orElseThrow();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(first.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
