package dev.whence.access;

import dev.whence.catalog.Pin;
import dev.whence.catalog.Version;
import java.util.List;

/** How far a takedown has come. From the first of these on, nobody is told of its URLs. */
public sealed interface TakedownState {

    /** A line for people. */
    String text();

    /** Answers leave its URLs out; the lake may hold some. */
    record Masked() implements TakedownState {
        @Override
        public String text() {
            return "masked";
        }
    }

    /**
     * No version from this one on names an object that holds one of its URLs. Older versions, and
     * what they name, are kept for a while.
     *
     * @param heldBy pins of older versions: as long as one of them is in force, these stay
     */
    record Purged(long version, List<Pin> heldBy) implements TakedownState {
        public Purged {
            heldBy = List.copyOf(heldBy);
        }

        @Override
        public String text() {
            String text = "purged in version " + version;
            return heldBy.isEmpty()
                    ? text
                    : "%s, version %d is pinned by instruction %d"
                            .formatted(
                                    text,
                                    heldBy.getFirst().version(),
                                    heldBy.getFirst().instruction());
        }
    }

    /** What older versions named is deleted, too. */
    record Expired(long version) implements TakedownState {
        @Override
        public String text() {
            return "purged in version %d, old versions expired".formatted(version);
        }
    }

    /**
     * The state of a takedown of which everything is gone.
     *
     * @param version from which on it is
     * @param newest the newest version
     */
    static TakedownState gone(long version, Version newest) {
        return newest.deletedUpTo() >= version
                ? new Expired(version)
                : new Purged(
                        version,
                        newest.operationsOrNone().pins().stream()
                                .filter(pin -> pin.version() < version)
                                .toList());
    }
}
