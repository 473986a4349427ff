package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One mapped segment. Thread-safe. */
record Segment(
        Members members,
        AddedFiles added,
        RemovedFiles removed,
        MappedFile filesFile,
        DatasetBitmaps datasets,
        Optional<Tails> tails) {

    static Segment open(Path directory, Arena arena) throws IOException {
        MappedFile members = MappedFile.open(directory, IndexFormat.MEMBERS, arena);
        MappedFile files = MappedFile.open(directory, IndexFormat.FILES, arena);
        MappedFile datasets = MappedFile.open(directory, IndexFormat.DATASETS, arena);
        checkSameBlock(members, files);
        checkSameBlock(members, datasets);
        RemovedFiles removed = new RemovedFiles(files);
        AddedFiles added = new AddedFiles(files, files.payload().asSlice(0, removed.addedBytes()));
        return new Segment(
                new Members(members),
                added,
                removed,
                files,
                new DatasetBitmaps(datasets),
                removed.tails() == 0
                        ? Optional.empty()
                        : Optional.of(openTails(directory, arena, members)));
    }

    private static Tails openTails(Path directory, Arena arena, MappedFile members)
            throws IOException {
        MappedFile file = MappedFile.open(directory, IndexFormat.TAILS, arena);
        checkSameBlock(members, file);
        return new Tails(file);
    }

    private static void checkSameBlock(MappedFile one, MappedFile other)
            throws CorruptIndexFileException {
        if (!other.envelope().blockId().equals(one.envelope().blockId())) {
            throw new CorruptIndexFileException(other.name(), "belongs to another block");
        }
    }

    List<MappedFile> files() {
        List<MappedFile> files =
                new ArrayList<>(List.of(members.file(), filesFile, datasets.file()));
        tails.ifPresent(present -> files.add(present.file()));
        return files;
    }

    /** Whether any of the newer segments removes the file. */
    static boolean isRemoved(LakeFile file, List<Segment> newer) {
        return isRemoved(file.fileId(), newer);
    }

    static boolean isRemoved(long fileId, List<Segment> newer) {
        for (Segment segment : newer) {
            if (segment.removed.contains(fileId)) {
                return true;
            }
        }
        return false;
    }
}
