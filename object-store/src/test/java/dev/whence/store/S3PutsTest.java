package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ScriptedS3.Answer;
import dev.whence.store.ScriptedS3.Owner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a put makes of answers that say less than they seem to. */
@Tag("slow")
final class S3PutsTest {
    private static final Answer DONE = new Answer(200, "");
    private static final Answer EXISTS = new Answer(412, "PreconditionFailed");
    private static final Answer CONFLICT = new Answer(409, "ConditionalRequestConflict");
    private static final Answer SLOW_DOWN = new Answer(503, "SlowDown");
    private static final Answer BROKEN = new Answer(500, "InternalError");
    private static final Answer DENIED = new Answer(403, "AccessDenied");

    @Test
    void triesAgainAfterAConflictAndWhenAskedToSlowDown() throws Exception {
        try (ScriptedS3 server = new ScriptedS3(Owner.NO_OBJECT, CONFLICT, SLOW_DOWN, DONE)) {
            assertThat(putIfAbsent(server)).isEqualTo(PutResult.CREATED);
            assertThat(server.puts()).isEqualTo(3);
        }
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                // Lost at once.
                Arguments.of(Owner.ANOTHER, new Answer[] {EXISTS}, PutResult.ALREADY_EXISTS),
                Arguments.of(Owner.WITHOUT_TOKEN, new Answer[] {EXISTS}, PutResult.ALREADY_EXISTS),
                Arguments.of(Owner.NO_OBJECT, new Answer[] {EXISTS}, PutResult.ALREADY_EXISTS),
                // A proxy on the way has repeated the request, and the first one was put.
                Arguments.of(Owner.THE_PUTTER, new Answer[] {EXISTS}, PutResult.CREATED),
                // The first try's outcome was unknown; the second met an object.
                Arguments.of(Owner.THE_PUTTER, new Answer[] {BROKEN, EXISTS}, PutResult.CREATED),
                Arguments.of(
                        Owner.ANOTHER, new Answer[] {BROKEN, EXISTS}, PutResult.ALREADY_EXISTS),
                Arguments.of(Owner.NO_OBJECT, new Answer[] {BROKEN, DONE}, PutResult.CREATED));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void tellsWhoseObjectItMet(Owner owner, Answer[] script, PutResult expected) throws Exception {
        try (ScriptedS3 server = new ScriptedS3(owner, script)) {
            assertThat(putIfAbsent(server)).isEqualTo(expected);
            assertThat(server.puts()).isEqualTo(script.length);
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        Owner.WITHOUT_TOKEN,
                        new Answer[] {BROKEN, EXISTS},
                        UnknownOutcomeException.class),
                Arguments.of(
                        Owner.NO_OBJECT,
                        new Answer[] {BROKEN, EXISTS},
                        UnknownOutcomeException.class),
                Arguments.of(
                        Owner.SERVER_FAILS, new Answer[] {EXISTS}, UnknownOutcomeException.class),
                Arguments.of(
                        Owner.NO_OBJECT,
                        new Answer[] {BROKEN, DENIED},
                        UnknownOutcomeException.class),
                Arguments.of(
                        Owner.NO_OBJECT,
                        new Answer[] {CONFLICT, BROKEN, SLOW_DOWN, CONFLICT},
                        UnknownOutcomeException.class),
                Arguments.of(
                        Owner.NO_OBJECT,
                        new Answer[] {BROKEN, BROKEN, BROKEN, BROKEN},
                        UnknownOutcomeException.class),
                Arguments.of(Owner.NO_OBJECT, new Answer[] {DENIED}, AccessDeniedException.class),
                Arguments.of(
                        Owner.NO_OBJECT,
                        new Answer[] {CONFLICT, CONFLICT, CONFLICT, CONFLICT},
                        StoreUnavailableException.class),
                Arguments.of(
                        Owner.NO_OBJECT,
                        new Answer[] {SLOW_DOWN, SLOW_DOWN, SLOW_DOWN, SLOW_DOWN},
                        StoreUnavailableException.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysUnknownOnlyAndAlwaysWhenItIs(
            Owner owner, Answer[] script, Class<? extends ObjectStoreException> expected)
            throws Exception {
        try (ScriptedS3 server = new ScriptedS3(owner, script)) {
            assertThatThrownBy(() -> putIfAbsent(server))
                    .isInstanceOf(expected)
                    .hasMessageContaining("log/1");
            assertThat(server.puts()).isEqualTo(script.length);
        }
    }

    @Test
    void givesUpWhenInterruptedAndSaysSo() throws Exception {
        try (ScriptedS3 server = new ScriptedS3(Owner.NO_OBJECT, BROKEN, BROKEN, BROKEN, BROKEN)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> putIfAbsent(server))
                    .isInstanceOf(UnknownOutcomeException.class);
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            assertThat(server.puts()).isLessThan(2);
        }
    }

    private static PutResult putIfAbsent(ScriptedS3 server) throws ObjectStoreException {
        S3Settings settings =
                new S3Settings(
                        server.endpoint(), "us-east-1", "lake", "", "access", "secret", true);
        try (ObjectStore store = ObjectStores.s3(settings)) {
            return store.putIfAbsent("log/1", ObjectBody.of(new byte[] {1}));
        }
    }
}
