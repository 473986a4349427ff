package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/** One mapped segment. Thread-safe. */
record Segment(
        Members members,
        AddedFiles added,
        RemovedFiles removed,
        MappedFile filesFile,
        DatasetBitmaps datasets) {

    static Segment open(Path directory, Arena arena) throws IOException {
        MappedFile members = MappedFile.open(directory, IndexFormat.MEMBERS, arena);
        MappedFile files = MappedFile.open(directory, IndexFormat.FILES, arena);
        MappedFile datasets = MappedFile.open(directory, IndexFormat.DATASETS, arena);
        for (MappedFile file : List.of(files, datasets)) {
            if (!file.envelope().blockId().equals(members.envelope().blockId())) {
                throw new CorruptIndexFileException(file.name(), "belongs to another block");
            }
        }
        RemovedFiles removed = new RemovedFiles(files);
        AddedFiles added = new AddedFiles(files, files.payload().asSlice(0, removed.addedBytes()));
        return new Segment(
                new Members(members), added, removed, files, new DatasetBitmaps(datasets));
    }

    List<MappedFile> files() {
        return List.of(members.file(), filesFile, datasets.file());
    }

    /** Whether any of the newer segments removes the file. */
    static boolean isRemoved(LakeFile file, List<Segment> newer) {
        for (Segment segment : newer) {
            if (segment.removed.contains(file.fileId())) {
                return true;
            }
        }
        return false;
    }
}
