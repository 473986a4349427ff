package dev.whence.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.StoreSettings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3OptionsTest {
    private static final URI STORE = URI.create("s3://lake");

    @Test
    void bucketsStandInThePathIfTheEnvironmentSaysSo() throws Exception {
        assertThat(settings(Map.of()).pathStyle()).isEmpty();
        assertThat(settings(Map.of("WHENCE_STORE_PATH_STYLE", "true")).pathStyle()).contains(true);
        assertThat(settings(Map.of("WHENCE_STORE_PATH_STYLE", "false")).pathStyle())
                .contains(false);
    }

    @Test
    void whatIsNeitherTrueNorFalseIsNamed() {
        assertThatThrownBy(() -> settings(Map.of("WHENCE_STORE_PATH_STYLE", "yes")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("WHENCE_STORE_PATH_STYLE is true or false, not 'yes'");
    }

    private static StoreSettings settings(Map<String, String> environment) throws Failure {
        return new S3Options().settings(STORE, new Place(environment), true);
    }
}
