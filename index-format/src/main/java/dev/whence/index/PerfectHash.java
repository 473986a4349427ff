package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code domains.mphf}: guesses by a domain's hash in which block of the dictionary it
 * stands, and lets the dictionary confirm it. Thread-safe.
 */
final class PerfectHash {

    private final MappedFile file;
    private final MemorySegment payload;
    private final Dictionary dictionary;
    private final Shards shards;
    private final int width;

    /** Those that were read already; a shard is the same whoever reads it first. */
    private final @Nullable Shard[] open;

    PerfectHash(MappedFile file, Dictionary dictionary) throws IOException {
        this.file = file;
        this.payload = file.payload();
        this.dictionary = dictionary;
        this.shards = new Shards(file, dictionary.domains(), dictionary.file().checksum());
        this.width = PerfectHashWriter.width(dictionary.domains());
        this.open = new Shard[shards.count()];
    }

    MappedFile file() {
        return file;
    }

    /** The rank of a domain, or -1; {@code hash} is the domain's own. */
    int rankOf(DomainKey domain, long hash) {
        int number = shards.of(hash);
        Shard shard = open[number];
        if (shard == null) {
            shard = read(number);
            open[number] = shard;
        }
        long mixed = shard.shape.mixed(hash);
        int pilot = pilot(shard, shard.shape.bucket(mixed));
        long slot = slot(shard, shard.shape.slot(mixed, pilot));
        if (slot >>> width != HashShape.fingerprint(mixed)) {
            return -1;
        }
        int block = (int) (slot & (1L << width) - 1);
        int rank = rankIn(block, domain);
        return rank < 0 && shard.leftOut > 0 ? dictionary.rankOf(domain) : rank;
    }

    private int rankIn(int block, DomainKey domain) {
        if (block >= dictionary.blocks()) {
            throw file.corrupt("block %d of %d".formatted(block, dictionary.blocks()));
        }
        return dictionary.rankOf(domain, block);
    }

    private int pilot(Shard shard, int bucket) {
        return payload.get(ValueLayout.JAVA_BYTE, shard.start + bucket) & 0xFF;
    }

    private long slot(Shard shard, int slot) {
        int bits = width + PerfectHashWriter.FINGERPRINT_BITS;
        long bit = (long) slot * bits;
        long at = shard.start + shard.shape.buckets() + bit / Byte.SIZE;
        return payload.get(LittleEndian.LONG, at) >>> bit % Byte.SIZE & (1L << bits) - 1;
    }

    private Shard read(int number) {
        BlockReader in = shards.block(number);
        long seed = in.u64();
        int slots = in.u32();
        int buckets = in.u32();
        int leftOut = in.u32();
        if (slots < 1
                || buckets < 1
                || leftOut < 0
                || buckets
                                + PerfectHashWriter.slotBytes(slots, width)
                                + PerfectHashWriter.PADDING_BYTES
                        != in.remaining()) {
            throw in.corrupt(
                    "%d slots and %d buckets in %d bytes"
                            .formatted(slots, buckets, in.remaining()));
        }
        return new Shard(new HashShape(slots, buckets, seed), leftOut, in.position());
    }

    /**
     * A verified shard.
     *
     * @param start of its pilots in the payload
     */
    private record Shard(HashShape shape, int leftOut, long start) {}
}
