package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Reads {@code domains.filter}: says of a hash that it is not there, or may be. Thread-safe. */
final class FuseFilter {

    private final MappedFile file;
    private final MemorySegment payload;
    private final Shards shards;

    /** Those that were read already; a shard is the same whoever reads it first. */
    private final @Nullable Shard[] open;

    FuseFilter(MappedFile file, int domains, int dictionary) throws IOException {
        this.file = file;
        this.payload = file.payload();
        this.shards = new Shards(file, domains, dictionary);
        this.open = new Shard[shards.count()];
    }

    MappedFile file() {
        return file;
    }

    /** False if no domain of the generation has the hash; rarely true although none has. */
    boolean mayContain(long hash) {
        int number = shards.of(hash);
        Shard shard = open[number];
        if (shard == null) {
            shard = read(number);
            open[number] = shard;
        }
        long mixed = FuseShape.mixed(hash, shard.seed);
        long first = shard.shape.first(mixed);
        int xored =
                at(shard, first)
                        ^ at(shard, shard.shape.second(mixed, first))
                        ^ at(shard, shard.shape.third(mixed, first));
        return (byte) xored == FuseShape.fingerprint(mixed);
    }

    private byte at(Shard shard, long slot) {
        return payload.get(ValueLayout.JAVA_BYTE, shard.start + slot);
    }

    private Shard read(int number) {
        BlockReader in = shards.block(number);
        long seed = in.u64();
        int segmentBits = in.u32();
        int segments = in.u32();
        FuseShape shape = new FuseShape(segmentBits, segments);
        if (segmentBits < 0
                || segmentBits > FuseShape.MAX_SEGMENT_BITS
                || segments < 1
                || shape.slots() != in.remaining()) {
            throw in.corrupt(
                    "%d segments of 2^%d in %d bytes"
                            .formatted(segments, segmentBits, in.remaining()));
        }
        return new Shard(seed, shape, in.position());
    }

    /**
     * A verified shard.
     *
     * @param start of its fingerprints in the payload
     */
    private record Shard(long seed, FuseShape shape, long start) {}
}
