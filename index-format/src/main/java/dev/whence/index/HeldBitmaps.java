package dev.whence.index;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * What each dataset holds, slice by slice: the changes of all segments folded. What was folded is
 * kept, the most recently used first, in {@value #KEPT_BYTES} bytes of heap. Thread-safe.
 */
final class HeldBitmaps {

    private static final long KEPT_BYTES = 64 << 20;

    /** About what an entry costs beside its values. */
    private static final int ENTRY_BYTES = 200;

    private static final int CONTAINER_BYTES = 80;

    private final List<Segment> segments;
    private final int domains;
    private final long mostBytes;
    private final Map<Long, ImmutableRoaringBitmap> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    /**
     * @param segments oldest first
     * @param domains how many ordinals there are
     */
    HeldBitmaps(List<Segment> segments, int domains) {
        this(segments, domains, KEPT_BYTES);
    }

    HeldBitmaps(List<Segment> segments, int domains, long mostBytes) {
        this.segments = segments;
        this.domains = domains;
        this.mostBytes = mostBytes;
    }

    /** The ordinals of a slice that a dataset holds; on the heap, and not to be changed. */
    ImmutableRoaringBitmap held(int datasetId, int slice) {
        long key = SliceChange.key(datasetId, slice);
        synchronized (kept) {
            ImmutableRoaringBitmap found = kept.get(key);
            if (found != null) {
                return found;
            }
        }
        MutableRoaringBitmap folded = fold(datasetId, slice);
        synchronized (kept) {
            if (kept.put(key, folded) == null) {
                keptBytes += bytes(folded);
            }
            var eldest = kept.values().iterator();
            while (keptBytes > mostBytes && eldest.hasNext()) {
                keptBytes -= bytes(eldest.next());
                eldest.remove();
            }
        }
        return folded;
    }

    long keptBytes() {
        synchronized (kept) {
            return keptBytes;
        }
    }

    private MutableRoaringBitmap fold(int datasetId, int slice) {
        MutableRoaringBitmap held = new MutableRoaringBitmap();
        for (Segment segment : segments) {
            SliceChange change = segment.datasets().find(datasetId, slice);
            if (change != null) {
                change.applyTo(held);
                checkOrdinals(held, segment);
            }
        }
        return held;
    }

    /** Whoever asks for a domain by what is held must find one. */
    private void checkOrdinals(ImmutableRoaringBitmap held, Segment segment) {
        if (!held.isEmpty() && held.last() >= domains) {
            throw segment.datasets()
                    .file()
                    .corrupt("ordinal %d of %d".formatted(held.last(), domains));
        }
    }

    private static long bytes(ImmutableRoaringBitmap bitmap) {
        return ENTRY_BYTES
                + (long) CONTAINER_BYTES * bitmap.getContainerCount()
                + bitmap.getLongSizeInBytes();
    }
}
