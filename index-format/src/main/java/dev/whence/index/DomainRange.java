package dev.whence.index;

import java.util.Optional;

/** The domains that begin with a prefix and are above another one, by their bytes. */
final class DomainRange {

    private final boolean isEmpty;
    private final Optional<DomainKey> prefix;
    private final Optional<DomainKey> after;

    /**
     * @param prefix empty for all
     * @param after empty for none
     * @throws IllegalArgumentException if {@code after} can be no domain
     */
    DomainRange(String prefix, String after) {
        this.prefix = DomainKey.find(prefix);
        this.isEmpty = this.prefix.isEmpty() && !prefix.isEmpty();
        this.after = after.isEmpty() ? Optional.empty() : Optional.of(DomainKey.of(after));
    }

    boolean contains(DomainKey domain) {
        return !isEmpty
                && (prefix.isEmpty() || domain.beginsWith(prefix.get()))
                && (after.isEmpty() || domain.compareTo(after.get()) > 0);
    }

    /** Where a dictionary has them; {@code from} may be beyond {@code to}. */
    Dictionary.Range ranks(Dictionary dictionary) {
        if (isEmpty) {
            return new Dictionary.Range(0, 0);
        }
        Dictionary.Range ranks =
                prefix.map(dictionary::beginningWith)
                        .orElse(new Dictionary.Range(0, dictionary.domains()));
        int from = after.map(dictionary::ranksUpTo).orElse(0);
        return new Dictionary.Range(Math.max(from, ranks.from()), ranks.to());
    }
}
