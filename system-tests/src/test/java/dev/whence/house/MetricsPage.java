package dev.whence.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of all metrics, and what a service really shows, brought to one form. */
public final class MetricsPage {
    private static final Path PAGE =
            Path.of(System.getProperty("whence.root"), "docs", "metrics.md");
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `([a-z_]+)` \\| (counter|gauge|timer|histogram) \\|([^|]*)\\|");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)\\{([^}]*)}");

    /** Tags that belong to the form of a metric. */
    private static final Set<String> OF_THE_FORM = Set.of("le", "quantile");

    /** Tags that whoever scrapes puts to each. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance");

    private static final Map<String, String> TYPES =
            Map.of(
                    "counter",
                    "counter",
                    "gauge",
                    "gauge",
                    "summary",
                    "timer",
                    "histogram",
                    "histogram");

    /**
     * A metric.
     *
     * @param tags without those that belong to the form
     */
    public record Metric(String type, Set<String> tags) {}

    private MetricsPage() {}

    /** The metrics of the page, by name. */
    public static Map<String, Metric> told() throws IOException {
        var metrics = new TreeMap<String, Metric>();
        Matcher rows = ROW.matcher(Files.readString(PAGE));
        while (rows.find()) {
            var tags =
                    new TreeSet<>(Arrays.asList(rows.group(3).replaceAll("[` ]", "").split(",")));
            tags.remove("");
            metrics.put(rows.group(1), new Metric(rows.group(2), tags));
        }
        return metrics;
    }

    /** The metrics of the page that are our own. */
    public static Map<String, Metric> toldOf(Predicate<String> name) throws IOException {
        Map<String, Metric> metrics = told();
        metrics.keySet().removeIf(name.negate());
        return metrics;
    }

    /** Our own metrics in what a service answers at {@code /q/metrics}. */
    public static Map<String, Metric> shown(String exposition) {
        var types = new TreeMap<String, String>();
        Matcher lines = TYPE.matcher(exposition);
        while (lines.find()) {
            types.put(
                    name(lines.group(1), lines.group(2)),
                    TYPES.getOrDefault(lines.group(2), lines.group(2)));
        }
        // A timer's greatest value is a part of it, though it is told as a metric of its own.
        types.keySet().removeIf(name -> name.endsWith("_max") && types.containsKey(stem(name)));
        var metrics = new TreeMap<String, Metric>();
        types.forEach((name, type) -> {
            if (name.startsWith("whence_")) {
                metrics.put(name, new Metric(type, tags(name, exposition)));
            }
        });
        return metrics;
    }

    /** A counter's samples end in {@code _total}, whether what is said of it does or not. */
    private static String name(String name, String type) {
        return type.equals("counter") && !name.endsWith("_total") ? name + "_total" : name;
    }

    /** Whether an expression's name is a metric of the page, or a part of one. */
    public static boolean tells(String name) throws IOException {
        Metric metric = told().get(name);
        if (metric != null) {
            return !Set.of("timer", "histogram").contains(metric.type());
        }
        Metric whole = told().get(stem(name));
        return whole != null
                && (name.endsWith("_bucket")
                        ? whole.type().equals("histogram")
                        : Set.of("timer", "histogram").contains(whole.type()));
    }

    /** The tags that an expression may ask a metric, or a part of one, for. */
    static Set<String> tagsOf(String name) throws IOException {
        Map<String, Metric> metrics = told();
        var tags = new HashSet<>(OF_THE_FORM);
        tags.addAll(OF_THE_SCRAPE);
        tags.addAll(metrics.getOrDefault(name, metrics.get(stem(name))).tags());
        return tags;
    }

    private static Set<String> tags(String name, String exposition) {
        var tags = new HashSet<String>();
        Matcher samples = SAMPLE.matcher(exposition);
        while (samples.find()) {
            if (samples.group(1).equals(name) || stem(samples.group(1)).equals(name)) {
                for (String pair : samples.group(2).split(",")) {
                    tags.add(pair.replaceAll("=.*", ""));
                }
            }
        }
        tags.removeAll(OF_THE_FORM);
        tags.remove("");
        return new TreeSet<>(tags);
    }

    private static String stem(String name) {
        return name.replaceAll("_(count|sum|bucket|max)$", "");
    }
}
