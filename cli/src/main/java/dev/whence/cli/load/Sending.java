package dev.whence.cli.load;

import dev.whence.cli.place.Failure;
import dev.whence.source.FoundUrl;
import dev.whence.source.MalformedSourceException;
import dev.whence.source.Skipped;
import dev.whence.source.UrlSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The way of files' rows into batches, and of these to the topic. Not thread-safe. */
public final class Sending {
    private final BatchEncoder encoder;
    private final BatchTopic topic;
    private final Progress progress;
    private Skipped skipped = Skipped.NONE;

    public Sending(BatchEncoder encoder, BatchTopic topic, Progress progress) {
        this.encoder = encoder;
        this.topic = topic;
        this.progress = progress;
    }

    /**
     * Sends all rows, file after file.
     *
     * @throws MalformedSourceException at a file that is not of its format; the rows before that
     *     place are sent, and do nothing yet if the strategy looks at its whole source
     */
    public void send(List<InputFile> files) throws Failure, IOException {
        for (InputFile file : files) {
            try (UrlSource source = file.open(progress)) {
                send(file, source);
            } finally {
                // Also before an error: it says that the rows before it were sent.
                Optional<EncodedBatch> rest = encoder.rest();
                if (rest.isPresent()) {
                    topic.send(rest.get());
                }
            }
        }
        Optional<EncodedBatch> last = encoder.last();
        if (last.isPresent()) {
            topic.send(last.get());
        }
    }

    /** The rows without a URL up to here. */
    public Skipped skipped() {
        return skipped;
    }

    private void send(InputFile file, UrlSource source) throws Failure, IOException {
        try {
            while (source.next()) {
                Optional<EncodedBatch> full = add(file, source.found());
                if (full.isPresent()) {
                    topic.send(full.get());
                }
                progress.row();
            }
        } finally {
            skipped = skipped.and(file.name(), source.skipped());
        }
    }

    private Optional<EncodedBatch> add(InputFile file, FoundUrl found)
            throws MalformedSourceException {
        try {
            return encoder.add(found);
        } catch (IllegalArgumentException e) {
            throw new MalformedSourceException(
                    file.name(),
                    "URL %d of the load: %s".formatted(progress.rows() + 1, e.getMessage()),
                    e);
        }
    }
}
