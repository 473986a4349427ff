package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Gathers what a publish changed and writes it as a segment. Holds 16 bytes for each changed
 * (domain, dataset) pair, about two more for each that was gained or lost, and the added files; of
 * their tails one at a time, when they are written. Not thread-safe.
 */
public final class SegmentWriter {

    private final UrlProfile profile;
    private final PairBuffer pairs = new PairBuffer();
    private final MembershipChanges memberships = new MembershipChanges();
    private final List<LakeFile> added = new ArrayList<>();
    private final Set<Long> addedIds = new HashSet<>();
    private final TreeMap<Long, FileTail> tails = new TreeMap<>();
    private final TreeMap<Long, Integer> removed = new TreeMap<>();

    public SegmentWriter(UrlProfile profile) {
        this.profile = profile;
    }

    /**
     * Adds to the change of a (domain, dataset) pair's URL count; changes of one pair are summed,
     * in any order.
     */
    public void change(int ordinal, int datasetId, long delta) {
        checkOrdinal(ordinal);
        pairs.add(Pair.of(ordinal, datasetId), delta);
    }

    /**
     * Says that with this publish the dataset comes to hold URLs of the domain, of which it held
     * none. Only who knows the counts before can say so; to say it again changes nothing.
     */
    public void gain(int ordinal, int datasetId) {
        checkOrdinal(ordinal);
        memberships.gain(ordinal, datasetId);
    }

    /** Says that with this publish the dataset loses its last URL of the domain. */
    public void lose(int ordinal, int datasetId) {
        checkOrdinal(ordinal);
        memberships.lose(ordinal, datasetId);
    }

    /**
     * Adds a file.
     *
     * @throws IllegalArgumentException if it was added before, or its row groups are missing, more
     *     than 16,384, without rows or not sorted by domain, or its id, length or key (1,024 bytes
     *     at most) out of range
     */
    public void addFile(LakeFile file) {
        FileEntry.checkWritable(file);
        if (!addedIds.add(file.fileId())) {
            throw new IllegalArgumentException("File %d is added twice".formatted(file.fileId()));
        }
        added.add(file);
    }

    /** The same for a file with a tail, which is read by {@link #write}. */
    public void addFile(LakeFile file, FileTail tail) {
        addFile(file);
        tails.put(file.fileId(), tail);
    }

    /** Removes a file that an older segment added. */
    public void removeFile(long fileId, int datasetId) {
        if (fileId < 0) {
            throw new IllegalArgumentException("File id below zero: " + fileId);
        }
        removed.put(fileId, datasetId);
    }

    /**
     * Writes the segment; the writer can be written again, and changed in between.
     *
     * @param directory made if it is not there; gets the segment's files
     * @return the files, each complete and synced
     * @throws java.nio.file.FileAlreadyExistsException if the directory holds a segment already
     * @throws IllegalStateException if a dataset was said to gain and to lose the same domain
     * @throws IllegalArgumentException if a tail is empty or longer than {@link
     *     FileTail#MOST_BYTES}
     */
    public List<BlockFile> write(Path directory) throws IOException {
        BlockDirectory.create(directory);
        UUID blockId = UUID.randomUUID();
        List<BlockFile> files = new ArrayList<>();
        files.add(writeMembers(directory, Envelope.of(IndexFormat.MEMBERS, profile, blockId)));
        files.add(writeFiles(directory, Envelope.of(IndexFormat.FILES, profile, blockId)));
        files.add(writeDatasets(directory, Envelope.of(IndexFormat.DATASETS, profile, blockId)));
        writeTails(directory, Envelope.of(IndexFormat.TAILS, profile, blockId))
                .ifPresent(files::add);
        BlockDirectory.sync(directory);
        return files;
    }

    /**
     * Folds adjacent segments (oldest first) into one that says the same, in memory that does not
     * grow with them.
     *
     * @param bottom whether nothing lies below: removals then leave no trace (a sum of zero never
     *     does)
     * @throws IndexFileException if one of them cannot be read
     * @throws IllegalArgumentException if they were made under different profiles
     */
    public static List<BlockFile> fold(Path directory, List<Path> adjacent, boolean bottom)
            throws IOException {
        return fold(directory, adjacent, bottom, FoldProgress.NONE);
    }

    /** The same, and says how far it is. */
    public static List<BlockFile> fold(
            Path directory, List<Path> adjacent, boolean bottom, FoldProgress progress)
            throws IOException {
        return SegmentFold.fold(directory, adjacent, bottom, progress);
    }

    private BlockFile writeMembers(Path directory, Envelope envelope) throws IOException {
        try (MembersWriter writer = new MembersWriter(directory, envelope)) {
            int size = pairs.fold();
            for (int i = 0; i < size; i++) {
                writer.add(pairs.pair(i), pairs.change(i));
            }
            return writer.finish();
        }
    }

    private BlockFile writeFiles(Path directory, Envelope envelope) throws IOException {
        added.sort(FileEntry.ORDER);
        try (FilesWriter writer = new FilesWriter(directory, envelope)) {
            for (LakeFile file : added) {
                writer.add(file);
            }
            return writer.finish(RemovalCursor.over(removed), tails.size());
        }
    }

    private Optional<BlockFile> writeTails(Path directory, Envelope envelope) throws IOException {
        try (TailsWriter writer = new TailsWriter(directory, envelope)) {
            for (Map.Entry<Long, FileTail> tail : tails.entrySet()) {
                writer.add(tail.getKey(), tail.getValue().read());
            }
            return writer.finish();
        }
    }

    private BlockFile writeDatasets(Path directory, Envelope envelope) throws IOException {
        try (DatasetBitmapsWriter writer = new DatasetBitmapsWriter(directory, envelope)) {
            memberships.write(writer);
            return writer.finish();
        }
    }

    private static void checkOrdinal(int ordinal) {
        if (ordinal < 0) {
            throw new IllegalArgumentException("Ordinal below zero: " + ordinal);
        }
    }
}
