package dev.whence.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who holds a key, by a state. Immutable and thread-safe. */
public final class KeyRing {
    private final Map<String, Holder> holders = new HashMap<>();

    private record Holder(Principal principal, HashedKey key) {}

    public KeyRing(AccessState state) {
        for (Principal principal : state.principals()) {
            for (HashedKey key : principal.keys()) {
                holders.put(key.id(), new Holder(principal, key));
            }
        }
    }

    /** The principal whose key it is; empty for a key that is unknown, wrong or revoked. */
    public Optional<Principal> holder(ApiKey shown) {
        Holder holder = holders.get(shown.id());
        return holder != null && holder.key().isOf(shown)
                ? Optional.of(holder.principal())
                : Optional.empty();
    }
}
