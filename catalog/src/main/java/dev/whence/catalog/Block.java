package dev.whence.catalog;

import java.util.List;

/** Immutable files under one {@link BlockName} that is never used again. */
public record Block(String id, List<FileRef> files) {

    /** The id of a block that is made for a version; see {@link BlockName}. */
    public static String newId(long version, String freshId) {
        return BlockName.id(version, freshId);
    }

    public String key(FileRef file) {
        return BlockName.key(id, file.name());
    }

    public List<String> keys() {
        return files.stream().map(this::key).toList();
    }

    public long bytes() {
        return files.stream().mapToLong(FileRef::bytes).sum();
    }
}
