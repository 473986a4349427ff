package dev.whence.faults;

import java.util.List;
import java.util.stream.Collectors;

/** A batch as a producer sends it; its URLs are canonical and need no quotes. */
record Batch(String dataset, String strategy, List<String> urls) {
    String json() {
        return urls.stream()
                .map(url -> "\"" + url + "\"")
                .collect(
                        Collectors.joining(
                                ",",
                                "{\"dataset\":\"%s\",\"strategy\":\"%s\",\"urls\":["
                                        .formatted(dataset, strategy),
                                "]}"));
    }
}
