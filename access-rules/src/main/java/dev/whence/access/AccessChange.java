package dev.whence.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody wants changed. Applied to whatever state is the newest, and again to the next one
 * if somebody else was first, so it says what is wanted and not what the outcome is.
 */
public sealed interface AccessChange {

    /**
     * The state after it.
     *
     * @throws RefusedChangeException if it does not fit that state
     * @throws IllegalArgumentException if the outcome would be out of bounds; the message says why
     */
    AccessState applyTo(AccessState state) throws RefusedChangeException;

    /** What it does, in a line of the history; names and ids, never a key. */
    String text();

    /** Somebody new, who has no keys yet. */
    record AddPrincipal(String name, boolean operator, Instant since) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            if (state.principal(name).isPresent()) {
                throw new RefusedChangeException(
                        "There is a principal %s already.".formatted(name));
            }
            var added =
                    new Principal(name, operator, since.truncatedTo(ChronoUnit.MILLIS), List.of());
            return state.withPrincipals(
                    Stream.concat(state.principals().stream(), Stream.of(added)).toList());
        }

        @Override
        public String text() {
            return "principal add " + name + (operator ? " (operator)" : "");
        }
    }

    /** Somebody goes, with all keys, and from every restricted dataset. */
    record RemovePrincipal(String name) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            required(state, name);
            return state.withRestricted(
                            state.restricted().stream()
                                    .map(each ->
                                            new RestrictedDataset(
                                                    each.dataset(),
                                                    each.principals().stream()
                                                            .filter(other -> !other.equals(name))
                                                            .toList()))
                                    .toList())
                    .withPrincipals(
                            state.principals().stream()
                                    .filter(each -> !each.name().equals(name))
                                    .toList());
        }

        @Override
        public String text() {
            return "principal remove " + name;
        }
    }

    /** One more key for a principal. */
    record AddKey(String principal, HashedKey key) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            Principal holder = required(state, principal);
            List<HashedKey> keys = new ArrayList<>(holder.keys());
            keys.add(key);
            return replaced(state, holder.withKeys(keys));
        }

        @Override
        public String text() {
            return "key add %s %s".formatted(principal, key.id());
        }
    }

    /** A key is worth nothing any more. */
    record RevokeKey(String keyId) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            for (Principal holder : state.principals()) {
                List<HashedKey> left =
                        holder.keys().stream().filter(key -> !key.id().equals(keyId)).toList();
                if (left.size() < holder.keys().size()) {
                    return replaced(state, holder.withKeys(left));
                }
            }
            throw new RefusedChangeException(
                    "There is no key with the id '%s'.".formatted(Texts.shown(keyId)));
        }

        @Override
        public String text() {
            return "key revoke " + keyId;
        }
    }

    /** Only these principals see a dataset from now on, whoever saw it before. */
    record Restrict(String dataset, List<String> principals) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) {
            List<RestrictedDataset> restricted = new ArrayList<>(state.restricted());
            restricted.removeIf(each -> each.dataset().equals(dataset));
            restricted.add(new RestrictedDataset(dataset, principals.stream().distinct().toList()));
            return state.withRestricted(restricted);
        }

        @Override
        public String text() {
            return "restrict %s to %s"
                    .formatted(
                            dataset,
                            principals.isEmpty() ? "nobody" : String.join(", ", principals));
        }
    }

    /** A dataset is for everybody again. */
    record Release(String dataset) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            List<RestrictedDataset> restricted = new ArrayList<>(state.restricted());
            if (!restricted.removeIf(each -> each.dataset().equals(dataset))) {
                throw new RefusedChangeException(
                        "Dataset '%s' is not restricted.".formatted(Texts.shown(dataset)));
            }
            return state.withRestricted(restricted);
        }

        @Override
        public String text() {
            return "release " + dataset;
        }
    }

    /** What callers without a key may see. */
    record SetNameless(Nameless nameless) implements AccessChange {
        public SetNameless {
            if (nameless == Nameless.UNSAID) {
                throw new IllegalArgumentException("what was said cannot be unsaid");
            }
        }

        @Override
        public AccessState applyTo(AccessState state) {
            return state.withNameless(nameless);
        }

        @Override
        public String text() {
            return "nameless " + nameless.text();
        }
    }

    /** URLs are taken down; what is taken down already, in the same scope, is refused. */
    record TakeDown(List<Takedown> added) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            Set<String> known =
                    state.takedowns().stream().map(TakeDown::named).collect(Collectors.toSet());
            for (Takedown each : added) {
                if (!known.add(named(each))) {
                    throw new RefusedChangeException(
                            "The %s is taken down already.".formatted(named(each)));
                }
            }
            return state.withTakedowns(
                    Stream.concat(state.takedowns().stream(), added.stream()).toList());
        }

        @Override
        public String text() {
            return "takedown add " + shortened(added.stream().map(TakeDown::named).toList());
        }

        private static String named(Takedown takedown) {
            return takedown.scope().text() + " " + takedown.value();
        }
    }

    /** Takedowns end: what is still in the lake is told again. */
    record Lift(List<String> ids) implements AccessChange {
        @Override
        public AccessState applyTo(AccessState state) throws RefusedChangeException {
            Set<String> left = new HashSet<>(ids);
            List<Takedown> kept =
                    state.takedowns().stream().filter(each -> !left.remove(each.id())).toList();
            if (!left.isEmpty()) {
                throw new RefusedChangeException(
                        "There is no takedown with the id '%s'."
                                .formatted(Texts.shown(left.iterator().next())));
            }
            return state.withTakedowns(kept);
        }

        @Override
        public String text() {
            return "takedown lift " + shortened(ids);
        }
    }

    private static Principal required(AccessState state, String name)
            throws RefusedChangeException {
        return state.principal(name)
                .orElseThrow(() ->
                        new RefusedChangeException(
                                "There is no principal '%s'.".formatted(Texts.shown(name))));
    }

    private static AccessState replaced(AccessState state, Principal changed) {
        return state.withPrincipals(
                state.principals().stream()
                        .map(each -> each.name().equals(changed.name()) ? changed : each)
                        .toList());
    }

    /** The first one, and how many more: a line. */
    private static String shortened(List<String> all) {
        String first = all.isEmpty() ? "nothing" : Texts.shown(all.getFirst());
        return all.size() <= 1 ? first : "%s and %,d more".formatted(first, all.size() - 1);
    }
}
