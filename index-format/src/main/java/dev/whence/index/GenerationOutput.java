package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes a generation's dictionary and, from its domains' hashes, the files beside it. */
final class GenerationOutput implements AutoCloseable {

    private final Path directory;
    private final UrlProfile profile;
    private final LookupFiles lookup;
    private final UUID blockId = UUID.randomUUID();
    private final DictionaryWriter dictionary;
    private final HashPartitions hashes;

    GenerationOutput(
            Path directory,
            UrlProfile profile,
            int firstOrdinal,
            SuffixCode code,
            LookupFiles lookup)
            throws IOException {
        this.directory = directory;
        this.profile = profile;
        this.lookup = lookup;
        this.dictionary =
                new DictionaryWriter(directory, envelope(IndexFormat.DOMAINS), firstOrdinal, code);
        this.hashes = new HashPartitions(directory);
    }

    /** The envelope of one of the generation's files. */
    Envelope envelope(IndexFormat format) {
        return Envelope.of(format, profile, blockId);
    }

    int domains() {
        return dictionary.domains();
    }

    /** Adds a domain, above the one before; the array is kept until the next. */
    void add(DomainKey domain) throws IOException {
        int rank = dictionary.domains();
        dictionary.add(domain.bytes());
        hashes.add(domain.hash(), rank);
    }

    /**
     * @param ordinals the file that was written beside, if there is one
     */
    List<BlockFile> finish(Optional<BlockFile> ordinals) throws IOException {
        Set<IndexFormat> files = EnumSet.copyOf(lookup.of(domains()));
        // Domains may have been made to crowd in one shard: the dictionary answers without it.
        files.removeIf(format ->
                switch (format) {
                    case FILTER -> !FuseFilterWriter.fits(hashes);
                    case HASH -> !PerfectHashWriter.fits(hashes);
                    case DOMAINS, ORDINALS, MEMBERS, FILES, TAILS, DATASETS -> false;
                });
        Set<IndexFormat> beside = EnumSet.copyOf(files);
        ordinals.ifPresent(_ -> beside.add(IndexFormat.ORDINALS));
        List<BlockFile> written = new ArrayList<>();
        written.add(dictionary.finish(beside));
        ordinals.ifPresent(written::add);
        int checksum = dictionary.checksum();
        if (files.contains(IndexFormat.FILTER)) {
            Envelope envelope = envelope(IndexFormat.FILTER);
            written.add(FuseFilterWriter.write(directory, envelope, hashes, checksum));
        }
        if (files.contains(IndexFormat.HASH)) {
            Envelope envelope = envelope(IndexFormat.HASH);
            written.add(PerfectHashWriter.write(directory, envelope, hashes, checksum));
        }
        return List.copyOf(written);
    }

    @Override
    public void close() throws IOException {
        try (hashes) {
            dictionary.close();
        }
    }
}
