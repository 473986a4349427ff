package dev.whence.parquet;

import dev.whence.parquet.FooterSeal.Region;
import dev.whence.store.ObjectStoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Parts of an object, fetched in one round trip: regions that lie near each other are one ranged
 * read, and what remains is read side by side. Immutable once fetched.
 */
public final class StoreRanges {
    /** Over a network this much is read in the time of a fraction of a request. */
    private static final int LARGEST_GAP_BYTES = 64 << 10;

    private static final int LARGEST_READ_BYTES = 32 << 20;

    private final TreeMap<Long, byte[]> parts = new TreeMap<>();

    private StoreRanges() {}

    /** Nothing fetched. */
    public static StoreRanges none() {
        return new StoreRanges();
    }

    /** Reads the regions, which may come in any order, overlap and be empty. */
    public static StoreRanges fetch(ObjectBytes object, List<Region> regions) throws IOException {
        List<Region> reads = coalesce(regions);
        StoreRanges ranges = new StoreRanges();
        if (reads.size() == 1) {
            ranges.parts.put(reads.getFirst().offset(), object.read(reads.getFirst()));
        } else if (!reads.isEmpty()) {
            ranges.readAll(object, reads);
        }
        return ranges;
    }

    /** Bytes that were asked for. */
    public ByteBuffer slice(long offset, int bytes) {
        var part = parts.floorEntry(offset);
        if (part == null || offset + bytes > part.getKey() + part.getValue().length) {
            throw new IllegalArgumentException(
                    "bytes [%d, %d) were not fetched".formatted(offset, offset + bytes));
        }
        return ByteBuffer.wrap(part.getValue(), (int) (offset - part.getKey()), bytes).slice();
    }

    private void readAll(ObjectBytes object, List<Region> reads) throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> pending = new ArrayList<>();
            for (Region region : reads) {
                pending.add(threads.submit(() -> object.read(region)));
            }
            for (int i = 0; i < reads.size(); i++) {
                parts.put(reads.get(i).offset(), pending.get(i).get());
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ObjectStoreException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IOException("reading " + object.key(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + object.key());
        }
    }

    private static List<Region> coalesce(List<Region> regions) {
        List<Region> sorted =
                regions.stream()
                        .filter(region -> region.bytes() > 0)
                        .sorted(Comparator.comparingLong(Region::offset))
                        .toList();
        List<Region> reads = new ArrayList<>();
        for (Region region : sorted) {
            Region last = reads.isEmpty() ? null : reads.getLast();
            long end = region.offset() + region.bytes();
            if (last != null
                    && (region.offset() < last.offset() + last.bytes()
                            || (region.offset() <= last.offset() + last.bytes() + LARGEST_GAP_BYTES
                                    && end - last.offset() <= LARGEST_READ_BYTES))) {
                long bytes = Math.max(last.bytes(), end - last.offset());
                reads.set(reads.size() - 1, new Region(last.offset(), bytes));
            } else {
                reads.add(region);
            }
        }
        return reads;
    }
}
