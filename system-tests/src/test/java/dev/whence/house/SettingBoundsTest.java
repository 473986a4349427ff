package dev.whence.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a setting says of its bounds is what a start makes of it. */
class SettingBoundsTest {

    /** What must be set with a bound so that the two go together. */
    private static final Map<String, Map<String, String>> TOGETHER =
            Map.of(
                    "whence.indexer.compaction.run-bytes",
                    Map.of("whence.indexer.compaction.file-bytes", "1024"),
                    "whence.indexer.compaction.file-bytes",
                    Map.of("whence.indexer.compaction.run-bytes", Long.toString(1L << 40)));

    @Test
    void everyGroupOfSettingsIsChecked() throws IOException {
        assertThat(Settings.all().keySet()).allMatch(SettingValues::areChecked);
    }

    @Test
    void everyNumberAndEveryDurationHasBounds() throws IOException {
        assertThat(
                        settings()
                                .filter(setting -> setting.isNumber() || setting.isDuration())
                                .filter(setting -> setting.bounds().isEmpty())
                                .map(Setting::name))
                .as("settings whose documentation does not end in 'From … to ….'")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void aValueWithinIsTakenAndOneBeyondIsRefusedByName(Setting setting) {
        SettingBounds bounds = setting.bounds().orElseThrow();
        for (String taken :
                List.of(at(setting, bounds.least(), 0), at(setting, bounds.most(), 0))) {
            assertThatCode(() -> SettingValues.check(values(setting, taken)))
                    .as("%s=%s", setting.name(), taken)
                    .doesNotThrowAnyException();
        }
        for (String refused :
                List.of(at(setting, bounds.least(), -1), at(setting, bounds.most(), 1))) {
            assertRefused(setting, refused);
        }
    }

    @ParameterizedTest
    @MethodSource("typed")
    void aValueOfAnotherTypeIsRefusedByName(Setting setting) {
        assertRefused(setting, "an elephant");
    }

    @ParameterizedTest
    @CsvSource({
        "whence.store.location, whence",
        "whence.store.location, memory:",
        "whence.store.location, s3:/whence",
        "whence.store.location, s3:whence",
        "whence.store.location, file:relative",
        "whence.store.location, file://host/there",
        "whence.store.location, https://bucket",
        "whence.store.endpoint, localhost:9000",
        "whence.store.endpoint, ftp://store:9000",
        "whence.store.access-key, key",
        "whence.store.secret-key, secret",
        "whence.traces.endpoint, collector:4318",
        "whence.kafka.topic, a topic",
        "whence.kafka.topic, .dlq"
    })
    void whatCannotBeIsRefusedByName(String name, String value) {
        var values = new HashMap<>(Map.of("whence.store.location", "s3://whence"));
        values.put(name, value);
        assertThatThrownBy(() -> SettingValues.check(values)).hasMessageContaining(name);
    }

    @Test
    void saysWhatThePageSays() {
        assertThatThrownBy(() -> SettingValues.check(Map.of("whence.query.exports", "0")))
                .hasMessage("whence.query.exports is from 1 to 1000, not 0");
    }

    private static void assertRefused(Setting setting, String value) {
        assertThatThrownBy(() -> SettingValues.check(values(setting, value)))
                .as("%s=%s", setting.name(), value)
                .hasMessageContaining(setting.name());
    }

    private static Map<String, String> values(Setting setting, String value) {
        var values = new HashMap<>(TOGETHER.getOrDefault(setting.name(), Map.of()));
        values.put(setting.name(), value);
        return values;
    }

    /** A bound, or what is one step beside it. */
    private static String at(Setting setting, String bound, int step) {
        return setting.isDuration()
                ? SettingBounds.duration(bound).plus(Duration.ofMillis(step)).toString()
                : Long.toString(SettingBounds.number(bound) + step);
    }

    private static Stream<Setting> settings() throws IOException {
        return Settings.all().values().stream().flatMap(List::stream);
    }

    static Stream<Setting> bounded() throws IOException {
        return settings().filter(setting -> setting.bounds().isPresent());
    }

    static Stream<Setting> typed() throws IOException {
        return settings().filter(setting -> setting.isNumber() || setting.isDuration());
    }
}
