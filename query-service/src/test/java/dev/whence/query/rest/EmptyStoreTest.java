package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Before anything has been published. */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class EmptyStoreTest {
    @TestHTTPResource URI base;
    private Client client;

    @BeforeEach
    void connect() throws Exception {
        client = new Client(base);
        client.awaitServed(0);
    }

    @Test
    void isReadyAndSaysThatThereIsNothing() throws Exception {
        assertThat(client.json("/q/health/ready").path("status").asText()).isEqualTo("UP");
        assertThat(client.json("/v1/datasets").path("datasets")).isEmpty();
        assertThat(client.json("/v1/datasets").path("version").asLong()).isZero();
        assertThat(client.json("/v1/domain/example.com").path("datasets")).isEmpty();
        assertThat(client.json("/v1/versions").path("versions")).isEmpty();
        assertThat(client.json("/v1/versions/0/files").path("files")).isEmpty();
    }

    @Test
    void thePagesSayThatThereIsNothing() throws Exception {
        for (String path : new String[] {"/", "/datasets", "/compare", "/lists", "/versions"}) {
            assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(client.get("/domain?name=example.com").body()).contains("No dataset holds");
    }

    @Test
    void knowsNoVersionAndNoDatasetYet() throws Exception {
        client.problem(404, "/v1/versions/1");
        client.problem(404, "/v1/domain/example.com?version=1");
        client.problem(404, "/v1/domain/example.com/datasets/0/urls");
    }
}
