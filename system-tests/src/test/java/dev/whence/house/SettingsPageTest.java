package dev.whence.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of all settings is what the code says. */
class SettingsPageTest {
    private static final Map<String, String> READERS =
            Map.of(
                    "whence.ingest",
                            "Read by the ingest service; [ingest.md](ingest.md) says how it works.",
                    "whence.kafka", "Read by the ingest service.",
                    "whence.indexer",
                            "Read by the indexer; [indexer.md](indexer.md) says how it works.",
                    "whence.query",
                            "Read by the query service; [api.md](api.md) says what it answers.",
                    "whence.disk",
                            "Read by every service; [operations.md](operations.md#local-disks) says where the room goes.",
                    "whence.traces",
                            "Read by ingest and the indexer; [tracing.md](tracing.md) says what they tell.",
                    "whence.store",
                            "Read by every service and by the command line; [object-store.md](object-store.md)"
                                    + " says what is promised.");

    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        var text = new StringBuilder();
        for (var group : Settings.all().entrySet()) {
            text.append(section(group.getKey(), group.getValue()));
        }
        GeneratedPart.hold(
                "docs/configuration.md",
                "<!-- from the code: ./whence docs -->",
                "<!-- end -->",
                text.toString());
    }

    @Test
    void durationsAndBytesAreToldAsPeopleReadThem() {
        assertThat(time("PT24H")).isEqualTo("24 h");
        assertThat(time("PT90S")).isEqualTo("90 s");
        assertThat(time("PT0.2S")).isEqualTo("200 ms");
        assertThat(time("12h")).isEqualTo("12 h");
        assertThat(bytes("67108864")).isEqualTo("64 MiB");
        assertThat(bytes("1000")).isEqualTo("1,000 bytes");
    }

    private static String section(String prefix, List<Setting> settings) {
        var text = new StringBuilder("\n## `" + prefix + ".*`\n\n" + READERS.get(prefix) + "\n\n");
        text.append(
                "| setting | type | default | bounds | what it does |\n|---|---|---|---|---|\n");
        for (Setting setting : settings) {
            text.append(
                    "| `%s`<br>`%s` | %s | %s | %s | %s |\n"
                            .formatted(
                                    setting.name(),
                                    setting.variable(),
                                    setting.kind(),
                                    setting.standard()
                                            .map(value -> standard(setting, value))
                                            .orElse("–"),
                                    setting.bounds()
                                            .map(b -> b.least() + " to " + b.most())
                                            .orElse("–"),
                                    setting.text().replace("|", "\\|")));
        }
        return text.toString();
    }

    private static String standard(Setting setting, String value) {
        if (setting.isDuration()) {
            return "%s (`%s`)".formatted(time(value), value);
        }
        return setting.isBytes() ? "%s (`%s`)".formatted(bytes(value), value) : "`" + value + "`";
    }

    private static String time(String value) {
        Duration time = SettingValues.duration(value);
        if (time.toMillis() % 1_000 != 0) {
            return "%,d ms".formatted(time.toMillis());
        }
        if (time.toSeconds() % 3_600 == 0) {
            return "%,d h".formatted(time.toHours());
        }
        return time.toSeconds() % 60 == 0 && time.toMinutes() != 1
                ? "%,d min".formatted(time.toMinutes())
                : "%,d s".formatted(time.toSeconds());
    }

    private static String bytes(String value) {
        long bytes = Long.parseLong(value);
        for (String unit : List.of("GiB", "MiB", "KiB")) {
            long size = SettingBounds.number("1 " + unit);
            if (bytes >= size && bytes % size == 0) {
                return "%,d %s".formatted(bytes / size, unit);
            }
        }
        return "%,d bytes".formatted(bytes);
    }
}
