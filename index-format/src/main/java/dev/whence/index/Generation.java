package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One mapped generation of the dictionary. Without an {@code ordinals} file a domain's ordinal is
 * the first ordinal plus its rank. Thread-safe.
 */
final class Generation {

    private final Dictionary dictionary;
    private final Optional<Ordinals> ordinals;

    private Generation(Dictionary dictionary, Optional<Ordinals> ordinals) {
        this.dictionary = dictionary;
        this.ordinals = ordinals;
    }

    static Generation open(Path directory, Arena arena) throws IOException {
        Dictionary dictionary =
                new Dictionary(MappedFile.open(directory, IndexFormat.DOMAINS, arena));
        if (!dictionary.hasOrdinals()) {
            return new Generation(dictionary, Optional.empty());
        }
        MappedFile file = MappedFile.open(directory, IndexFormat.ORDINALS, arena);
        if (!file.envelope().blockId().equals(dictionary.file().envelope().blockId())) {
            throw new CorruptIndexFileException(file.name(), "belongs to another block");
        }
        return new Generation(dictionary, Optional.of(new Ordinals(file, dictionary.domains())));
    }

    Dictionary dictionary() {
        return dictionary;
    }

    Optional<Ordinals> ordinals() {
        return ordinals;
    }

    List<MappedFile> files() {
        return Stream.concat(Stream.of(dictionary.file()), ordinals.map(Ordinals::file).stream())
                .toList();
    }

    int firstOrdinal() {
        return dictionary.firstOrdinal();
    }

    /** One past the last ordinal. */
    int endOrdinal() {
        return dictionary.firstOrdinal() + dictionary.domains();
    }

    /** A domain's ordinal, or -1. */
    int ordinalOf(DomainKey domain) {
        int rank = dictionary.rankOf(domain);
        return rank < 0 ? -1 : ordinalOf(rank);
    }

    int ordinalOf(int rank) {
        return firstOrdinal() + (ordinals.isPresent() ? ordinals.get().ordinalOf(rank) : rank);
    }

    byte[] domain(int ordinal) {
        int relative = ordinal - firstOrdinal();
        return dictionary.domain(ordinals.isPresent() ? ordinals.get().rankOf(relative) : relative);
    }
}
