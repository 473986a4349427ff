package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParameterOrderTest {
    @Test
    void sortsAsAStableSortByKeyDoes() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        ParameterOrder order = new ParameterOrder();
        for (int round = 0; round < 2000; round++) {
            int most = round % 100 == 0 ? 3000 : 12;
            List<String> parameters = new ArrayList<>();
            for (int i = random.nextInt(most); i >= 0; i--) {
                parameters.add(
                        "ab=%".charAt(random.nextInt(4))
                                + "=".repeat(random.nextInt(2))
                                + random.nextInt(30));
            }
            byte[] query = ("??" + String.join("&", parameters)).getBytes(StandardCharsets.UTF_8);
            order.sort(query, 2, query.length);
            parameters.sort(Comparator.comparing(parameter -> parameter.split("=", 2)[0]));
            assertThat(new String(query, StandardCharsets.UTF_8))
                    .as("-Dseed=%d", seed)
                    .isEqualTo("??" + String.join("&", parameters));
        }
    }
}
