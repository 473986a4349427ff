package dev.whence.catalog;

import java.util.List;

/**
 * Immutable files under {@code index/blocks/{id}/}, named by the id of whoever wrote them, never
 * used again.
 */
public record Block(String id, List<FileRef> files) {

    public static String newId(long version, String freshId) {
        return "%020d-%s".formatted(version, freshId);
    }

    public String key(FileRef file) {
        return "index/blocks/" + id + "/" + file.name();
    }

    public List<String> keys() {
        return files.stream().map(this::key).toList();
    }

    public long bytes() {
        return files.stream().mapToLong(FileRef::bytes).sum();
    }
}
