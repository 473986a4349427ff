package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever judges answers is told wrong ones here, of each kind. */
class TestimonyTest {
    private static final Question DATASETS = new Question.OfDatasets();
    private static final String LISTED = "appended-a";

    private final Random random = new Random(7);
    private final Truth truth = new Truth();
    private final Testimony testimony = new Testimony(truth);

    /** By the number of batches of each dataset: what it held. */
    private final List<Map<String, Long>> states = new ArrayList<>();

    /** A domain of which several batches brought URLs to the listed dataset. */
    private String domain;

    @BeforeEach
    void sendSomeOfEach() {
        for (int batch = 0; batch < 8; batch++) {
            truth.datasets().forEach(dataset -> truth.next(dataset, random));
            states.add(truth.counts());
        }
        domain =
                Truth.domains().stream()
                        .filter(one -> firstCount(one) < truth.urls(LISTED, one).size())
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void takesAnswersOfVersionsAsTheyCome() {
        assertThat(datasets(1, states.get(0))).isNull();
        assertThat(datasets(1, states.get(0))).isNull();
        assertThat(datasets(2, states.get(1))).isNull();
        assertThat(datasets(5, states.getLast())).isNull();
        assertThat(urls(5, truth.urls(LISTED, domain))).isNull();
    }

    @Test
    void refusesACountThatNoNumberOfBatchesMakes() {
        Map<String, Long> counts = new TreeMap<>(states.get(2));
        counts.merge(LISTED, 1L, Long::sum);
        assertThat(datasets(1, counts)).contains("never held");
    }

    @Test
    void refusesADatasetThatNobodySent() {
        Map<String, Long> counts = new TreeMap<>(states.get(2));
        counts.put("another", 1L);
        assertThat(datasets(1, counts)).contains("nobody sent");
    }

    @Test
    void refusesAnOlderVersion() {
        assertThat(datasets(2, states.get(1))).isNull();
        assertThat(datasets(1, states.get(1))).contains("version 1 after version 2");
    }

    @Test
    void refusesANewerVersionThatHoldsLess() {
        assertThat(datasets(1, states.get(2))).isNull();
        assertThat(datasets(2, states.get(1))).contains("was told before");
    }

    @Test
    void refusesAnotherAnswerOfTheSameVersion() {
        assertThat(datasets(1, states.get(1))).isNull();
        assertThat(datasets(1, states.get(2))).contains("said otherwise before");
    }

    @Test
    void refusesAnAnswerOfOneVersionThatTellsOfTwo() {
        assertThat(datasets(1, states.get(1))).isNull();
        // The list is that of a later version, under the name of the first.
        assertThat(urls(1, truth.urls(LISTED, domain))).contains("was told before");
    }

    @Test
    void refusesAListWithAUrlTwice() {
        List<String> urls = new ArrayList<>(truth.urls(LISTED, domain));
        urls.set(0, urls.getLast());
        assertThat(urls(1, urls)).contains("is there twice, or is none of the first");
    }

    @Test
    void refusesAListWithAUrlThatCameLater() {
        List<String> urls = truth.firstUrls(LISTED, domain, firstCount(domain) + 1);
        assertThat(urls(1, urls.subList(1, urls.size())))
                .contains("is there twice, or is none of the first");
    }

    @Test
    void refusesAListThatIsShorterThanItSays() {
        List<String> all = truth.urls(LISTED, domain);
        ObjectNode answer = list(1, all);
        ((ArrayNode) answer.get("items")).remove(0);
        assertThat(testimony.problem(ofUrls(), answer)).contains("URLs of");
    }

    /** How many URLs of a domain the first batch brought that brought any; at most all. */
    private int firstCount(String one) {
        int most = truth.urls(LISTED, one).size();
        int count = 1;
        while (count < most && truth.whenHeld(LISTED, one, count).isEmpty()) {
            count++;
        }
        return count;
    }

    private Question ofUrls() {
        return new Question.OfUrls(domain, LISTED, 0);
    }

    private String datasets(long version, Map<String, Long> counts) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("version", version);
        ArrayNode datasets = answer.putArray("datasets");
        counts.forEach(
                (name, count) -> datasets.addObject().put("name", name).put("url_count", count));
        return testimony.problem(DATASETS, answer);
    }

    private String urls(long version, List<String> urls) {
        return testimony.problem(ofUrls(), list(version, urls));
    }

    private static ObjectNode list(long version, List<String> urls) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("version", version).put("total", urls.size());
        ArrayNode items = answer.putArray("items");
        urls.forEach(url -> items.addObject().put("url", url));
        return answer;
    }
}
