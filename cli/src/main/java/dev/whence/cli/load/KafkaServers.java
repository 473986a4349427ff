package dev.whence.cli.load;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The brokers, and what their clients are told besides, such as whom to trust.
 *
 * @param addresses {@code host:port,…}
 * @param properties of Kafka's clients; passwords may be among them
 */
public record KafkaServers(String addresses, Map<String, String> properties) {

    /** As the ingest service is told: what was a dot is an underscore. */
    private static final Pattern VARIABLE = Pattern.compile("WHENCE_KAFKA_CLIENT__([A-Z0-9_]+)_");

    public KafkaServers {
        properties = Map.copyOf(properties);
    }

    /** With the properties that the environment names. */
    public static KafkaServers of(String addresses, Map<String, String> environment) {
        var properties = new HashMap<String, String>();
        environment.forEach((name, value) -> {
            Matcher variable = VARIABLE.matcher(name);
            if (variable.matches()) {
                properties.put(variable.group(1).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return new KafkaServers(addresses, properties);
    }

    /** A client's settings: ours go above those of the environment. */
    Map<String, Object> with(Map<String, Object> ours) {
        var all = new HashMap<String, Object>(properties);
        all.putAll(ours);
        all.put("bootstrap.servers", addresses);
        return all;
    }

    /** Without the properties. */
    @Override
    public String toString() {
        return addresses;
    }
}
