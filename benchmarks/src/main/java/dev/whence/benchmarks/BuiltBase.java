package dev.whence.benchmarks;

import dev.whence.index.BlockFile;
import dev.whence.index.GenerationWriter;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A base of made-up domains and members.
 *
 * @param spent to build, put and read it back, without what it took to make it up
 */
record BuiltBase(Path generation, Path segment, int domains, Spent spent) {

    static BuiltBase build(Path directory, ObjectStore store, DeltaPublish.HeldOutDomains domains)
            throws IOException {
        int count = domains.count();
        Spent start = Spent.now();
        long pairs = 0;
        for (int ordinal = 0; ordinal < count; ordinal++) {
            pairs += MadeMembers.of(ordinal).size();
        }
        Spent making = Spent.now().since(start);
        start = Spent.now();
        Path generation = directory.resolve("generation");
        put(
                store,
                generation,
                GenerationWriter.write(generation, UrlProfile.current(), 0, domains.others()));
        Path segment = directory.resolve("segment");
        put(store, segment, MadeMembers.write(List.of(segment), count));
        Spent spent = Spent.now().since(start).since(making);
        if (pairs < count) {
            throw new IllegalStateException("%d pairs of %d domains".formatted(pairs, count));
        }
        return new BuiltBase(generation, segment, count, spent);
    }

    /** Puts a block's files, and reads them back as the indexer does. */
    static void put(ObjectStore store, Path block, List<BlockFile> files) throws IOException {
        for (BlockFile file : files) {
            String key = block.getFileName() + "/" + file.name();
            store.put(key, ObjectBody.of(block.resolve(file.name())));
            var crc = new CRC32C();
            long bytes = 0;
            byte[] buffer = new byte[64 << 10];
            try (InputStream in = store.open(key)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    crc.update(buffer, 0, read);
                    bytes += read;
                }
            }
            if (bytes != file.bytes() || (int) crc.getValue() != file.crc32c()) {
                throw new IllegalStateException(key + " came back otherwise");
            }
        }
    }
}
