package dev.whence.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3OptionsTest {
    private static final URI STORE = URI.create("s3://whence/lake");

    @Test
    void whereBucketsStandIsSaidByTheEnvironmentAsToTheServices() throws Exception {
        assertThat(pathStyle(Map.of())).isEmpty();
        assertThat(pathStyle(Map.of("WHENCE_STORE_PATH_STYLE", ""))).isEmpty();
        assertThat(pathStyle(Map.of("WHENCE_STORE_PATH_STYLE", "true"))).contains(true);
        assertThat(pathStyle(Map.of("WHENCE_STORE_PATH_STYLE", "false"))).contains(false);
        assertThatThrownBy(() -> pathStyle(Map.of("WHENCE_STORE_PATH_STYLE", "perhaps")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("WHENCE_STORE_PATH_STYLE is true or false");
    }

    private static Optional<Boolean> pathStyle(Map<String, String> environment) throws Failure {
        return new S3Options().settings(STORE, new Place(environment), true).pathStyle();
    }
}
