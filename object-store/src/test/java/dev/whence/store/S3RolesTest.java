package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is given no key asks for a role: as a pod does that has a token of its service account. */
final class S3RolesTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    /** What the chain asks first. */
    private static final String KEY_OF_THE_ENVIRONMENT = "AWS_ACCESS_KEY_ID";

    @TempDir Path directory;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Map<String, String> properties;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                System.getenv(KEY_OF_THE_ENVIRONMENT) == null,
                "the environment has keys of its own: " + KEY_OF_THE_ENVIRONMENT);
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Path token = Files.writeString(directory.resolve("token"), "token-of-the-account");
        properties =
                Map.of(
                        "aws.roleArn",
                        ROLE,
                        "aws.webIdentityTokenFile",
                        token.toString(),
                        "aws.roleSessionName",
                        "test",
                        "aws.region",
                        "eu-central-1",
                        "aws.endpointUrlSts",
                        address());
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            properties.keySet().forEach(System::clearProperty);
            server.stop(0);
        }
    }

    @Test
    void aTokenIsChangedForTheKeysOfARole() throws Exception {
        var settings =
                new S3Settings(URI.create(address()), "us-east-1", "lake", "", null, null, true);
        try (ObjectStore store = ObjectStores.s3(settings)) {
            assertThat(store.get("a")).isEqualTo("x".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst())
                .contains(
                        "Action=AssumeRoleWithWebIdentity",
                        "token-of-the-account",
                        "role%2Freader");
        assertThat(asked.getLast())
                .contains("GET /lake/a", "Credential=KEY-OF-THE-ROLE/", "token of the session");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(
                    String.join(
                            " ",
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().toString(),
                            body,
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            exchange.getRequestHeaders().getFirst("x-amz-security-token")));
            byte[] answer =
                    (exchange.getRequestMethod().equals("POST") ? keysOfTheRole() : "x")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static String keysOfTheRole() {
        return """
        <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <AssumedRoleUser><Arn>%s</Arn><AssumedRoleId>A:test</AssumedRoleId></AssumedRoleUser>
            <Credentials>
              <AccessKeyId>KEY-OF-THE-ROLE</AccessKeyId>
              <SecretAccessKey>secret of the role</SecretAccessKey>
              <SessionToken>token of the session</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
          </AssumeRoleWithWebIdentityResult>
        </AssumeRoleWithWebIdentityResponse>
        """
                .formatted(ROLE, Instant.now().plusSeconds(3600));
    }
}
