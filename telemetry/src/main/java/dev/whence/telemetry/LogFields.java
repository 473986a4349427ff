package dev.whence.telemetry;

import dev.whence.catalog.LogRange;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.MDC;

/**
 * Fields of the log lines that this thread writes until it is closed; structured logs show them as
 * such. A batch is found by {@code topic_id}, {@code partition} and the offsets around its own,
 * from the service that commits it to the version that holds it.
 */
public final class LogFields implements AutoCloseable {
    private final List<String> names = new ArrayList<>();

    private LogFields() {}

    /**
     * Entries of the commit log: {@code topic_id}, {@code partition}, {@code from_offset}, {@code
     * to_offset}.
     */
    public static LogFields of(LogRange range) {
        return new LogFields()
                .and("topic_id", range.topicId())
                .and("partition", range.partition())
                .and("from_offset", range.fromSlot())
                .and("to_offset", range.toSlot());
    }

    /** A version of the index: {@code version}. */
    public static LogFields ofVersion(long number) {
        return new LogFields().and("version", number);
    }

    /** One field more. */
    public LogFields and(String name, Object value) {
        MDC.put(name, value);
        names.add(name);
        return this;
    }

    @Override
    public void close() {
        names.forEach(MDC::remove);
    }
}
