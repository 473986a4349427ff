package dev.whence.catalog;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is written to the log {@code whence.audit} while it is open. */
final class AuditLines extends Handler implements AutoCloseable {
    private static final Logger AUDIT = Logger.getLogger("whence.audit");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    AuditLines() {
        AUDIT.addHandler(this);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        AUDIT.removeHandler(this);
    }
}
