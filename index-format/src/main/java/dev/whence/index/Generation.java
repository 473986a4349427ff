package dev.whence.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One mapped generation of the dictionary. Without an {@code ordinals} file a domain's ordinal is
 * the first ordinal plus its rank; with a filter or a perfect hash it is found sooner, and the
 * same. Thread-safe.
 */
final class Generation {

    private final Dictionary dictionary;
    private final @Nullable Ordinals ordinals;
    private final @Nullable FuseFilter filter;
    private final @Nullable PerfectHash hash;

    private Generation(
            Dictionary dictionary,
            @Nullable Ordinals ordinals,
            @Nullable FuseFilter filter,
            @Nullable PerfectHash hash) {
        this.dictionary = dictionary;
        this.ordinals = ordinals;
        this.filter = filter;
        this.hash = hash;
    }

    static Generation open(Path directory, Arena arena) throws IOException {
        Dictionary dictionary =
                new Dictionary(MappedFile.open(directory, IndexFormat.DOMAINS, arena));
        MappedFile ordinals = beside(directory, dictionary, IndexFormat.ORDINALS, arena);
        MappedFile filter = beside(directory, dictionary, IndexFormat.FILTER, arena);
        MappedFile hash = beside(directory, dictionary, IndexFormat.HASH, arena);
        return new Generation(
                dictionary,
                ordinals == null ? null : Ordinals.of(ordinals, dictionary.domains()),
                filter == null
                        ? null
                        : new FuseFilter(
                                filter, dictionary.domains(), dictionary.file().checksum()),
                hash == null ? null : new PerfectHash(hash, dictionary));
    }

    /** A file beside the dictionary, if that says so. */
    private static @Nullable MappedFile beside(
            Path directory, Dictionary dictionary, IndexFormat format, Arena arena)
            throws IOException {
        if (!dictionary.isBeside(format)) {
            return null;
        }
        MappedFile file = MappedFile.open(directory, format, arena);
        if (!file.envelope().blockId().equals(dictionary.file().envelope().blockId())) {
            throw new CorruptIndexFileException(file.name(), "belongs to another block");
        }
        return file;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    Optional<Ordinals> ordinals() {
        return Optional.ofNullable(ordinals);
    }

    Optional<FuseFilter> filter() {
        return Optional.ofNullable(filter);
    }

    Optional<PerfectHash> hash() {
        return Optional.ofNullable(hash);
    }

    List<MappedFile> files() {
        return Stream.of(
                        Optional.of(dictionary.file()),
                        ordinals().map(Ordinals::file),
                        filter().map(FuseFilter::file),
                        hash().map(PerfectHash::file))
                .flatMap(Optional::stream)
                .toList();
    }

    int firstOrdinal() {
        return dictionary.firstOrdinal();
    }

    /** One past the last ordinal. */
    int endOrdinal() {
        return dictionary.firstOrdinal() + dictionary.domains();
    }

    /** Where ordinals are known to ascend with their ranks, by ordinal. */
    List<OrdinalRun> runs() {
        return ordinals == null
                ? List.of(new OrdinalRun(firstOrdinal(), dictionary.domains()))
                : ordinals.runs().stream().map(run -> run.from(firstOrdinal())).toList();
    }

    /** A domain's ordinal, or -1; {@code domainHash} is the domain's own. */
    int ordinalOf(DomainKey domain, long domainHash) {
        int rank = rankOf(domain, domainHash);
        return rank < 0 ? -1 : ordinalOf(rank);
    }

    /** Looks up those of many domains that have no ordinal yet. */
    void find(SoughtDomains sought) {
        int[] places = sought.places(this::mayHold);
        for (int from = 0; from < places.length; from += SoughtDomains.GROUP) {
            int[] group =
                    Arrays.copyOfRange(
                            places, from, Math.min(places.length, from + SoughtDomains.GROUP));
            int[] ranks = ranksOf(sought, group);
            for (int i = 0; i < group.length; i++) {
                if (ranks[i] >= 0) {
                    sought.found(group[i], ordinalOf(ranks[i]));
                }
            }
        }
    }

    private int[] ranksOf(SoughtDomains sought, int[] places) {
        DomainKey[] domains = new DomainKey[places.length];
        Arrays.setAll(domains, i -> sought.domain(places[i]));
        if (hash == null) {
            return dictionary.ranksOf(domains);
        }
        int[] ranks = new int[places.length];
        Arrays.setAll(ranks, i -> hash.rankOf(domains[i], sought.hash(places[i])));
        return ranks;
    }

    private boolean mayHold(long domainHash) {
        return filter == null || filter.mayContain(domainHash);
    }

    int ordinalOf(int rank) {
        return firstOrdinal() + (ordinals == null ? rank : ordinals.ordinalOf(rank));
    }

    byte[] domain(int ordinal) {
        int relative = ordinal - firstOrdinal();
        return dictionary.domain(ordinals == null ? relative : ordinals.rankOf(relative));
    }

    private int rankOf(DomainKey domain, long domainHash) {
        if (hash != null) {
            return hash.rankOf(domain, domainHash);
        }
        return mayHold(domainHash) ? dictionary.rankOf(domain) : -1;
    }
}
