package dev.whence.access;

import java.time.Instant;
import java.util.List;

/**
 * Somebody who has keys: a person, a team, a program.
 *
 * @param name 1 to 63 letters a to z, digits and dashes
 * @param operator whether they may see how the store is laid out: its files
 * @param keys several, so that a new one can be given before the old one goes
 */
public record Principal(String name, boolean operator, Instant since, List<HashedKey> keys) {
    /** Most keys of one. */
    public static final int MAX_KEYS = 16;

    public Principal {
        Texts.requireName(name);
        keys = List.copyOf(keys);
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "%s would have %d keys; %d are the most, revoke one first"
                            .formatted(name, keys.size(), MAX_KEYS));
        }
    }

    Principal withKeys(List<HashedKey> others) {
        return new Principal(name, operator, since, others);
    }
}
