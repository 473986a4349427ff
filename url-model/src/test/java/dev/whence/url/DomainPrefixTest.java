package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainPrefixTest {

    @Test
    void holdsTheDomainsWhoseFingerprintsBeginSo() {
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long id = random.nextLong();
            String hex = Fingerprint.hex(id);
            for (int digits = 0; digits <= 16; digits++) {
                DomainPrefix prefix = DomainPrefix.of(id, digits);
                assertThat(prefix.digits()).isEqualTo(hex.substring(0, digits));
                assertThat(prefix.mayHold(id)).isTrue();
                long other = random.nextLong();
                assertThat(prefix.mayHold(other))
                        .isEqualTo(Fingerprint.hex(other).startsWith(prefix.digits()));
            }
        }
    }

    @Test
    void standsInAKeyAsHiveWritesIt() {
        for (String digits : new String[] {"", "0", "ab", "00ff"}) {
            var prefix = new DomainPrefix(digits);
            String key = "urls/dataset_id=7/domain_prefix=" + prefix.text() + "/part.parquet";
            assertThat(DomainPrefix.ofKey(key)).isEqualTo(prefix);
        }
        assertThat(DomainPrefix.NONE.text()).isEqualTo("__HIVE_DEFAULT_PARTITION__");
    }

    /** A file is passed over by its prefix: what is not understood must say nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "urls/dataset_id=7/part.parquet",
                "urls/dataset_id=7/domain_prefix=AB/part.parquet",
                "urls/dataset_id=7/domain_prefix=xy/part.parquet",
                "urls/dataset_id=7/domain_prefix=01234567890123456/part.parquet",
                "urls/dataset_id=7/domain_prefix=ab",
                "urls/dataset_id=7/my_domain_prefix=ab/part.parquet",
                ""
            })
    void saysNothingWhereAKeyIsNotUnderstood(String key) {
        assertThat(DomainPrefix.ofKey(key)).isEqualTo(DomainPrefix.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "g", "01234567890123456"})
    void isLowerCaseHex(String digits) {
        assertThatThrownBy(() -> new DomainPrefix(digits)).hasMessageContaining(digits);
    }
}
