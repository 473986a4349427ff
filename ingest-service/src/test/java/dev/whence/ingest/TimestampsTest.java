package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static long micros(String text) {
        char[] chars = ("__" + text + "__").toCharArray();
        return Timestamps.micros(chars, 2, text.length());
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "2024-06-14T00:00:00Z, 1718323200000000",
        "2024-02-29T23:59:59Z, 1709251199000000",
        "1969-12-31T23:59:59Z, -1000000",
        "0000-01-01T00:00:00Z, -62167219200000000",
        "9999-12-31T23:59:59Z, 253402300799000000",
        "2024-06-14T02:00:00+02:00, 1718323200000000",
        "2024-06-14T00:00Z, 1718323200000000",
        "2024-06-14T00:00:00.5Z, 1718323200500000",
        "2024-06-14T00:00:00.1234569Z, 1718323200123456",
        "1969-12-31T23:59:59.9999999Z, -1",
        "2300-01-01T00:00:00.5Z, 10413792000500000",
        "1600-01-01T00:00:00.5Z, -11676095999500000",
        "+12024-06-14T00:00:00Z, 317287843200000000"
    })
    void areMicrosecondsSince1970(String text, long micros) {
        assertThat(micros(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2024-06-14",
                "2024-06-14T00:00:00",
                "2024-06-14 00:00:00Z",
                "2024-6-14T00:00:00Z",
                "2024-06-31T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-00-01T00:00:00Z",
                "2024-06-14T24:00:00Z",
                "2024-06-14T00:60:00Z",
                "2024-06-14T00:00:60Z",
                "2024-06-14T0a:00:00Z",
                "-024-06-14T00:00:00Z",
                "２０２４-06-14T00:00:00Z",
                "1718323200",
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00.1Z"
            })
    void refusesWhatIsNoTimeWithAnOffset(String text) {
        assertThatThrownBy(() -> micros(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void theQuickWayIsTheGeneralOne() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("TimestampsTest: -Dseed=" + seed);
        var random = new Random(seed);
        long year0 = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long year10000 = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
        for (int round = 0; round < 100_000; round++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(year0, year10000));
            assertThat(micros(instant.toString())).isEqualTo(instant.getEpochSecond() * 1_000_000);
        }
    }
}
