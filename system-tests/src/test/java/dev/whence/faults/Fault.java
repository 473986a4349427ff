package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that goes wrong on purpose.
 *
 * @param name in words
 * @param within how long after it everything must be well
 * @param signs each of which must rise while it lasts: what shows nowhere was no fault
 */
record Fault(String name, Within within, List<Sign> signs) {
    /**
     * What it was felt by.
     *
     * @param before the signs before it
     */
    List<String> felt(List<Double> before) throws Exception {
        var felt = new ArrayList<String>();
        for (int number = 0; number < signs.size(); number++) {
            Sign sign = signs.get(number);
            long risen = Math.round(sign.reading().now() - before.get(number));
            assertThat(risen).as(sign.what()).isPositive();
            felt.add("%s: %,d".formatted(sign.what(), risen));
        }
        return felt;
    }
}
