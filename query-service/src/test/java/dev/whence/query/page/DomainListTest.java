package dev.whence.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.query.rest.BadParameterException;
import org.junit.jupiter.api.Test;

class DomainListTest {
    @Test
    void takesLinesCommasAndRemarksAsTheyCome() {
        assertThat(
                        DomainList.parse(
                                "\uFEFFa.example\r\n\n  # no\nb.example, \"c.example\";d.example\te.example"))
                .containsExactly("a.example", "b.example", "c.example", "d.example", "e.example");
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThatThrownBy(() -> DomainList.parse(" \n# only a remark"))
                .isInstanceOf(BadParameterException.class)
                .hasMessageContaining("empty");
        assertThat(DomainList.parse("a\n".repeat(DomainList.MOST))).hasSize(DomainList.MOST);
        assertThatThrownBy(() -> DomainList.parse("a\n".repeat(DomainList.MOST + 1)))
                .isInstanceOf(BadParameterException.class)
                .hasMessageContaining("100,000");
    }
}
