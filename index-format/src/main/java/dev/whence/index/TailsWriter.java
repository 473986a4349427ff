package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes {@code tails}: what is known of added files beside their bounds, one after the other.
 *
 * <pre>
 * Payload = Tree       key: file id, each at most once
 *   Block = Tail       as it was given, 1 byte to 16 MiB
 * </pre>
 *
 * <p>A block is one tail: it is read alone, and so it has its own checksum. How many there are
 * stands in {@code files}, too, where a reader learns whether there is such a file at all.
 */
final class TailsWriter implements AutoCloseable {

    private final EnvelopeWriter out;
    private final BlockTreeWriter tree;
    private final BlockBuffer block = new BlockBuffer();
    private long tails;

    TailsWriter(Path directory, Envelope envelope) throws IOException {
        this.out = new EnvelopeWriter(directory, envelope);
        this.tree = new BlockTreeWriter(out);
    }

    /** Adds a tail; ids ascend. */
    void add(long fileId, byte[] tail) throws IOException {
        if (tail.length < 1 || tail.length > FileTail.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "The tail of file %d has %d bytes: expected 1 to %d"
                            .formatted(fileId, tail.length, FileTail.MOST_BYTES));
        }
        block.clear();
        block.put(tail, 0, tail.length);
        tree.block(fileId, block);
        tails++;
    }

    long tails() {
        return tails;
    }

    /** Completes the file; one without a tail is not kept. */
    Optional<BlockFile> finish() throws IOException {
        if (tails == 0) {
            return Optional.empty();
        }
        tree.finish();
        return Optional.of(out.finish());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
