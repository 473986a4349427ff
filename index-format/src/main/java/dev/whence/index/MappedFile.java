package dev.whence.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An index file that is mapped and whose envelope was found good. Access is checked: past the end,
 * or after the arena is closed, it throws and never reads foreign memory.
 */
record MappedFile(String name, Envelope envelope, MemorySegment file, Arena arena) {

    /**
     * Maps the file for the life of the arena.
     *
     * @throws IndexFileException if the envelope is corrupt, too old or too new
     */
    static MappedFile open(Path directory, IndexFormat format, Arena arena) throws IOException {
        Path path = format.in(directory);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            String name = path.toString();
            return new MappedFile(name, Envelope.read(file, format, name), file, arena);
        }
    }

    MemorySegment payload() {
        return file.asSlice(
                Envelope.HEADER_BYTES,
                file.byteSize() - Envelope.HEADER_BYTES - Envelope.FOOTER_BYTES);
    }

    /** The checksum that stands at the file's end; not compared. */
    int checksum() {
        return file.get(LittleEndian.INT, file.byteSize() - Integer.BYTES);
    }

    void checkContent() throws CorruptIndexFileException {
        Envelope.checkContent(file, name);
    }

    /** For damage that is met while answering, where no checked exception can be thrown. */
    UncheckedIOException corrupt(String problem) {
        CorruptIndexFileException cause = new CorruptIndexFileException(name, problem);
        return new UncheckedIOException(cause.getMessage(), cause);
    }
}
