package dev.whence.index;

import dev.whence.url.DomainPrefix;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One version of the index, mapped: the answers of its generations and segments together. Opening
 * maps files and checks their headers; nothing of their size comes on the heap. Thread-safe. Counts
 * its readers: it is unmapped when its owner has closed it and the last reader has released it.
 *
 * <p>Damage that opening cannot see is found by the answer that reads it: it throws {@link
 * UncheckedIOException} around {@link CorruptIndexFileException}. Reading without {@link
 * #acquire()} is safe only while the owner has not closed; after that it throws {@link
 * IllegalStateException}.
 */
public final class IndexSnapshot implements AutoCloseable {

    private final Arena arena;
    private final List<Generation> generations;
    private final List<Segment> segments;
    private final int domains;
    private final ReaderCount readers;
    private final DatasetSets sets;

    private IndexSnapshot(
            Arena arena, List<Generation> generations, List<Segment> segments, int domains) {
        this.arena = arena;
        this.generations = generations;
        this.segments = segments;
        this.domains = domains;
        this.readers = new ReaderCount(this::unmap);
        this.sets = new DatasetSets(this, generations, new HeldBitmaps(segments, domains));
    }

    /**
     * Maps a version's files.
     *
     * @param generations directories of the generations, ascending by ordinal
     * @param segments directories of the segments, oldest first
     * @throws IndexFileException if a file is corrupt, too old or too new, or the generations do
     *     not follow each other from ordinal 0
     * @throws java.nio.file.NoSuchFileException if a file is missing
     */
    public static IndexSnapshot open(List<Path> generations, List<Path> segments)
            throws IOException {
        Arena arena = Arena.ofShared();
        boolean opened = false;
        try {
            List<Generation> openGenerations = new ArrayList<>();
            int domains = 0;
            for (Path directory : generations) {
                Generation generation = Generation.open(directory, arena);
                if (generation.firstOrdinal() != domains) {
                    throw new CorruptIndexFileException(
                            generation.dictionary().file().name(),
                            "expected to begin at ordinal %d, begins at %d"
                                    .formatted(domains, generation.firstOrdinal()));
                }
                domains = generation.endOrdinal();
                openGenerations.add(generation);
            }
            List<Segment> openSegments = new ArrayList<>();
            for (Path directory : segments) {
                openSegments.add(Segment.open(directory, arena));
            }
            IndexSnapshot snapshot =
                    new IndexSnapshot(
                            arena,
                            List.copyOf(openGenerations),
                            List.copyOf(openSegments),
                            domains);
            opened = true;
            return snapshot;
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    /**
     * Begins a read: false if the snapshot is closed. Every true must be followed by one {@link
     * #release()}.
     */
    public boolean acquire() {
        return readers.acquire();
    }

    public void release() {
        readers.release();
    }

    /** How many domains have an ordinal; ordinals are {@code 0 … domains - 1}. */
    public int domains() {
        return domains;
    }

    /** A domain's ordinal, or -1. */
    public int ordinalOf(String domain) {
        DomainKey key = DomainKey.find(domain).orElse(null);
        if (key == null) {
            return -1;
        }
        long hash = key.hash();
        for (Generation generation : generations) {
            int ordinal = generation.ordinalOf(key, hash);
            if (ordinal >= 0) {
                return ordinal;
            }
        }
        return -1;
    }

    /**
     * The domains that begin with a prefix, in the order of their bytes, with their ordinals; also
     * those that no dataset holds any more.
     *
     * @param prefix empty for all
     * @param after only domains above this one: the last of the page before, or empty
     * @param limit at most so many, 1 to 10,000
     */
    public List<IndexedDomain> prefix(String prefix, String after, int limit) {
        return PrefixPage.of(generations, prefix, after, limit);
    }

    public String domain(int ordinal) {
        return key(ordinal).toString();
    }

    DomainKey key(int ordinal) {
        checkOrdinal(ordinal);
        int at = 0;
        while (generations.get(at).endOrdinal() <= ordinal) {
            at++;
        }
        return new DomainKey(generations.get(at).domain(ordinal));
    }

    /**
     * The datasets that hold the domain, ascending by id (unsigned), with exact counts, all greater
     * than zero.
     */
    public List<DatasetCount> datasetsOf(int ordinal) {
        return sums(ordinal).counts();
    }

    /**
     * What {@link #ordinalOf} and {@link #datasetsOf} say of many domains, in their order. Costs a
     * fraction of as many single questions: they are asked side by side, so that none waits for
     * memory alone.
     *
     * @param wanted up to {@value SoughtDomains#MOST_DOMAINS}
     */
    public List<FoundDomain> find(List<String> wanted) {
        return find(wanted, 1);
    }

    /**
     * The same on several threads, of which each gets a thousand domains at least.
     *
     * @param threads at most so many, the caller's among them
     */
    public List<FoundDomain> find(List<String> wanted, int threads) {
        int count = wanted.size();
        if (count > SoughtDomains.MOST_DOMAINS) {
            throw new IllegalArgumentException(
                    "Up to %,d domains at once: %,d".formatted(SoughtDomains.MOST_DOMAINS, count));
        }
        FoundDomain[] found = new FoundDomain[count];
        int shares = Math.clamp(threads, 1, Math.max(1, count / SoughtDomains.SHARE));
        Cores.share(
                shares,
                shares,
                share -> {
                    int from = count * share / shares;
                    int to = count * (share + 1) / shares;
                    find(wanted.subList(from, to), found, from);
                });
        return Arrays.asList(found);
    }

    private void find(List<String> wanted, FoundDomain[] found, int from) {
        SoughtDomains sought = new SoughtDomains(wanted);
        for (Generation generation : generations) {
            generation.find(sought);
        }
        sought.answer(segments, found, from);
    }

    /** How many URLs of the domain a dataset holds. */
    public long count(int ordinal, int datasetId) {
        return Math.max(0, sums(ordinal).of(datasetId));
    }

    /** {@link #count} of the first {@code count} ordinals, best in order. */
    long[] counts(int[] ordinals, int count, int datasetId) {
        long[] sums = new long[count];
        for (Segment segment : segments) {
            segment.members().addTo(sums, ordinals, count, datasetId);
        }
        return sums;
    }

    /**
     * The row groups of a dataset's live files whose bounds hold the domain, by file id and row
     * group. Files that lie under the prefix of other domains are left out.
     */
    public List<Posting> postings(int datasetId, String domain) {
        DomainKey key = DomainKey.find(domain).orElse(null);
        if (key == null) {
            return List.of();
        }
        long domainId = Fingerprint.of(domain);
        List<Posting> postings = new ArrayList<>();
        live((added, files) -> added.thatMayHold(datasetId, key, files)).stream()
                .filter(file -> DomainPrefix.ofKey(file.key()).mayHold(domainId))
                .sorted(Comparator.comparingLong(LakeFile::fileId))
                .forEach(file -> addPostings(file, domain, postings));
        return postings;
    }

    /** A dataset's live files, by file id. */
    public List<LakeFile> files(int datasetId) {
        List<LakeFile> files = live((added, sink) -> added.ofDataset(datasetId, sink));
        files.sort(Comparator.comparingLong(LakeFile::fileId));
        return files;
    }

    /** All live files, by dataset (unsigned) and file id; a dataset's files are read at a time. */
    public Stream<LakeFile> files() {
        return LongStream.iterate(nextDataset(0), id -> id >= 0, id -> nextDataset(id + 1))
                .boxed()
                .flatMap(id -> files(id.intValue()).stream());
    }

    /**
     * The tail of a live file, as it was given when the file was added; empty if none was, or if
     * its segment was written before there were any. At most {@link FileTail#MOST_BYTES}.
     */
    public Optional<byte[]> tail(LakeFile file) {
        return segments.reversed().stream()
                .map(Segment::tails)
                .flatMap(Optional::stream)
                .map(tails -> tails.of(file.fileId()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the datasets hold, as sets of domains; to be asked as long as this is. */
    public DatasetSets sets() {
        return sets;
    }

    /**
     * Reads everything back: every checksum, order, bound and reference between the files; what is
     * wrong comes as text, empty for nothing.
     */
    public List<String> check() {
        return new SnapshotCheck(generations, segments, domains).run();
    }

    /**
     * Lets the mappings go once the last reader has released them; may be called often, and does
     * not wait.
     */
    @Override
    public void close() {
        readers.close();
    }

    boolean isMapped() {
        return arena.scope().isAlive();
    }

    /** On a thread of its own: closing a shared arena halts every thread for a moment. */
    private void unmap() {
        Thread.ofPlatform().daemon().name("index-unmap").start(arena::close);
    }

    private DatasetSums sums(int ordinal) {
        checkOrdinal(ordinal);
        DatasetSums sums = new DatasetSums();
        for (Segment segment : segments) {
            segment.members().addTo(sums, ordinal);
        }
        return sums;
    }

    private void checkOrdinal(int ordinal) {
        if (ordinal < 0 || ordinal >= domains) {
            throw new IndexOutOfBoundsException("Ordinal %d of %d".formatted(ordinal, domains));
        }
    }

    /** Added files that no newer segment removes. */
    private List<LakeFile> live(Selection selection) {
        List<LakeFile> live = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            List<Segment> newer = segments.subList(i + 1, segments.size());
            selection.select(
                    segments.get(i).added(),
                    file -> {
                        if (!Segment.isRemoved(file, newer)) {
                            live.add(file);
                        }
                    });
        }
        return live;
    }

    /** The least dataset id that has files and is not below, or -1. */
    private long nextDataset(long datasetId) {
        if (datasetId > 0xFFFF_FFFFL) {
            return -1;
        }
        return segments.stream()
                .map(segment -> segment.added().nextDataset(datasetId))
                .flatMapToLong(OptionalLong::stream)
                .min()
                .orElse(-1);
    }

    private static void addPostings(LakeFile file, String domain, List<Posting> postings) {
        for (int i = 0; i < file.rowGroups().size(); i++) {
            RowGroupBounds bounds = file.rowGroups().get(i);
            if (bounds.firstDomain().compareTo(domain) <= 0
                    && bounds.lastDomain().compareTo(domain) >= 0) {
                postings.add(new Posting(file, i));
            }
        }
    }

    /** Which of a segment's added files are wanted. */
    private interface Selection {
        void select(AddedFiles added, Consumer<LakeFile> files);
    }
}
