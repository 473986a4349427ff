package dev.whence.system;

import java.util.regex.Pattern;

/** What a service counts, as Prometheus reads it. */
public record Metrics(String text) {
    public static Metrics of(Server server) throws Exception {
        return new Metrics(server.get("/q/metrics").body());
    }

    /** The sum over all tags of a metric; 0 if there is none yet. */
    public double sum(String name) {
        return Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$")
                .matcher(text)
                .results()
                .mapToDouble(sample -> Double.parseDouble(sample.group(1)))
                .filter(value -> !Double.isNaN(value))
                .sum();
    }
}
