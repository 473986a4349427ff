package dev.whence.access;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may see what, and what is taken down, at one moment. Immutable; {@link AccessChange} makes
 * the next one.
 *
 * @param nameless what callers without a key may see
 * @param principals each with a name and keys of their own
 * @param restricted each dataset once; only to principals that there are
 * @param takedowns each with an id of its own
 */
public record AccessState(
        Nameless nameless,
        List<Principal> principals,
        List<RestrictedDataset> restricted,
        List<Takedown> takedowns) {
    /** Most principals. */
    public static final int MAX_PRINCIPALS = 10_000;

    /** Most restricted datasets. */
    public static final int MAX_RESTRICTED = 100_000;

    /** Most takedowns. */
    public static final int MAX_TAKEDOWNS = 100_000;

    /** Nothing is restricted, nobody has a key, and nothing is taken down. */
    public static final AccessState OPEN =
            new AccessState(Nameless.UNSAID, List.of(), List.of(), List.of());

    public AccessState {
        principals = List.copyOf(principals);
        restricted = List.copyOf(restricted);
        takedowns = List.copyOf(takedowns);
        atMost("principals", principals.size(), MAX_PRINCIPALS);
        atMost("restricted datasets", restricted.size(), MAX_RESTRICTED);
        atMost("takedowns", takedowns.size(), MAX_TAKEDOWNS);
        Set<String> names = distinct("principals", principals, Principal::name);
        distinct(
                "keys",
                principals.stream().flatMap(principal -> principal.keys().stream()).toList(),
                HashedKey::id);
        distinct("restricted datasets", restricted, RestrictedDataset::dataset);
        distinct("takedowns", takedowns, Takedown::id);
        for (RestrictedDataset each : restricted) {
            for (String name : each.principals()) {
                if (!names.contains(name)) {
                    throw new IllegalArgumentException(
                            "dataset '%s' would be shown to %s, whom there is not; add them first"
                                    .formatted(each.dataset(), Texts.shown(name)));
                }
            }
        }
    }

    /** The principal of that name. */
    public Optional<Principal> principal(String name) {
        return principals.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    AccessState withNameless(Nameless other) {
        return new AccessState(other, principals, restricted, takedowns);
    }

    AccessState withPrincipals(List<Principal> others) {
        return new AccessState(nameless, others, restricted, takedowns);
    }

    AccessState withRestricted(List<RestrictedDataset> others) {
        return new AccessState(nameless, principals, others, takedowns);
    }

    AccessState withTakedowns(List<Takedown> others) {
        return new AccessState(nameless, principals, restricted, others);
    }

    private static void atMost(String what, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException(
                    "there would be %,d %s; %,d are the most".formatted(count, what, most));
        }
    }

    private static <T> Set<String> distinct(String what, List<T> all, Function<T, String> naming) {
        Set<String> names = new HashSet<>();
        for (T each : all) {
            String name = naming.apply(each);
            if (!names.add(name)) {
                throw new IllegalArgumentException(
                        "two %s are called '%s'".formatted(what, Texts.shown(name)));
            }
        }
        return names;
    }
}
