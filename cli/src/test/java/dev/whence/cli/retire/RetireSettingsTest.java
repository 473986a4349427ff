package dev.whence.cli.retire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.cli.place.Failure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetireSettingsTest {
    @Test
    void hearsWhatTheIndexerIsTold() throws Failure {
        assertThat(RetireSettings.of(null, true, Map.of()))
                .isEqualTo(new RetireSettings(Duration.ofHours(24), true));
        assertThatThrownBy(() -> RetireSettings.of(null, false, Map.of()))
                .hasMessageContaining("--grace");
        Map<String, String> told =
                Map.of("WHENCE_INDEXER_GRACE", "PT48H", "WHENCE_INDEXER_DRY_RUN", "true");
        assertThat(RetireSettings.of(null, false, told))
                .isEqualTo(new RetireSettings(Duration.ofHours(48), true));
        assertThat(RetireSettings.of("2h", false, told).grace()).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @CsvSource({"60,60", "90s,90", "5m,300", "24h,86400", "2D,172800", "PT1H30M,5400"})
    void takesATimeAsSettingsDo(String text, long seconds) throws Failure {
        assertThat(RetireSettings.of(text, false, Map.of()).grace()).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"59s", "3651d", "PT-1H", "soon", "1.5h", ""})
    void refusesWhatTheIndexerWould(String text) {
        assertThatThrownBy(() -> RetireSettings.of(text, false, Map.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--grace");
        if (!text.isEmpty()) {
            assertThatThrownBy(() ->
                            RetireSettings.of(null, false, Map.of("WHENCE_INDEXER_GRACE", text)))
                    .hasMessageContaining("WHENCE_INDEXER_GRACE");
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "NO,false", "0,false", "True,true", "yes,true", "perhaps,true"})
    void deletesNothingUnlessItIsClearThatItMay(String told, boolean dryRun) throws Failure {
        assertThat(RetireSettings.of("1h", false, Map.of("WHENCE_INDEXER_DRY_RUN", told)).dryRun())
                .isEqualTo(dryRun);
    }
}
