package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a file of shards beside a dictionary: as many as a power of two, by the highest bits of
 * the domains' hashes, built on all cores, at most twice as many at a time as there are cores.
 *
 * <pre>
 * Payload = Tree                    key: the shard's number, one block each
 * Facts   = Domains DictionaryChecksum
 * </pre>
 */
final class ShardWriter {

    static final int FACTS = 2;

    /** Makes one shard's block. Called by several threads. */
    interface Build {
        BlockBuffer block(ShardKeys keys);
    }

    private ShardWriter() {}

    /**
     * @param dictionary the checksum of the finished dictionary that the file belongs to
     */
    static BlockFile write(
            Path directory,
            Envelope envelope,
            HashPartitions hashes,
            int shardBits,
            int dictionary,
            Build build)
            throws IOException {
        int shards = 1 << shardBits;
        int cores = Math.min(shards, Runtime.getRuntime().availableProcessors());
        try (EnvelopeWriter out = new EnvelopeWriter(directory, envelope);
                ExecutorService builders = Executors.newFixedThreadPool(cores)) {
            BlockTreeWriter tree = new BlockTreeWriter(out);
            Deque<Future<BlockBuffer>> building = new ArrayDeque<>();
            try {
                int next = 0;
                for (int shard = 0; shard < shards; shard++) {
                    for (; next < shards && building.size() < 2 * cores; next++) {
                        int number = next;
                        building.add(
                                builders.submit(
                                        () -> build.block(hashes.shard(shardBits, number))));
                    }
                    tree.block(shard, finished(building.remove()));
                }
            } finally {
                building.forEach(left -> left.cancel(true));
            }
            tree.finish(hashes.count(), Integer.toUnsignedLong(dictionary));
            return out.finish();
        }
    }

    private static BlockBuffer finished(Future<BlockBuffer> block) throws IOException {
        try {
            return block.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while shards were built", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                // Memory that ran out must not look like a disk that is worth another try.
                throw error;
            }
            throw new IOException("A shard could not be built: " + e.getCause(), e.getCause());
        }
    }
}
