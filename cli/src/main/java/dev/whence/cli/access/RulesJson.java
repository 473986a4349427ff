package dev.whence.cli.access;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.access.AccessRules;
import dev.whence.access.AccessState;
import dev.whence.access.HashedKey;
import dev.whence.access.Principal;
import dev.whence.access.RestrictedDataset;
import dev.whence.access.Takedown;
import dev.whence.access.TakedownState;
import dev.whence.access.TakedownStates;
import dev.whence.catalog.Pin;
import java.util.List;
import java.util.Optional;

/** The rules for programs: one object for each command; never a secret, nor the hash of a key. */
public final class RulesJson {
    private static final JsonMapper JSON = new JsonMapper();

    private RulesJson() {}

    /** What is in force; {@code rules} is 0 where there are none. */
    public static ObjectNode shown(Optional<AccessRules> newest) {
        AccessState state = newest.map(AccessRules::state).orElse(AccessState.OPEN);
        ObjectNode shown = JSON.createObjectNode();
        shown.put("rules", newest.map(AccessRules::number).orElse(0L));
        shown.put("at", newest.map(each -> each.at().toString()).orElse(null));
        shown.put("by", newest.map(AccessRules::by).orElse(null));
        shown.put("nameless", state.nameless().text());
        shown.put("takedowns", state.takedowns().size());
        ArrayNode principals = shown.putArray("principals");
        state.principals().forEach(each -> add(principals.addObject(), each));
        ArrayNode restricted = shown.putArray("restricted");
        for (RestrictedDataset each : state.restricted()) {
            ArrayNode names =
                    restricted.addObject().put("dataset", each.dataset()).putArray("principals");
            each.principals().forEach(names::add);
        }
        return shown;
    }

    /** Changes, in the order given. */
    public static ObjectNode history(List<AccessRules> changes) {
        ObjectNode history = JSON.createObjectNode();
        ArrayNode all = history.putArray("history");
        for (AccessRules each : changes) {
            all.add(
                    changed(each)
                            .put("at", each.at().toString())
                            .put("by", each.by())
                            .put("reason", each.reason()));
        }
        return history;
    }

    /** A change that was made. */
    public static ObjectNode changed(AccessRules made) {
        return JSON.createObjectNode().put("rules", made.number()).put("change", made.change());
    }

    /** What is taken down by rules, and how far it has come; {@code rules} is 0 for none. */
    public static ObjectNode takedowns(
            Optional<AccessRules> newest, List<Takedown> takedowns, TakedownStates states) {
        ObjectNode told = JSON.createObjectNode();
        told.put("rules", newest.map(AccessRules::number).orElse(0L));
        return takedowns(told, takedowns, states);
    }

    /**
     * Adds takedowns and how far each has come.
     *
     * @param to what is said of the rules
     */
    public static ObjectNode takedowns(
            ObjectNode to, List<Takedown> takedowns, TakedownStates states) {
        ArrayNode all = to.putArray("takedowns");
        for (Takedown each : takedowns) {
            ObjectNode told = all.addObject();
            told.put("id", each.id());
            told.put("scope", each.scope().text());
            told.put("value", each.value());
            add(told, states.of(each));
            told.put("since", each.since().toString());
            told.put("by", each.by());
            told.put("reason", each.reason());
        }
        return to;
    }

    private static void add(ObjectNode told, Principal principal) {
        told.put("name", principal.name());
        told.put("operator", principal.operator());
        told.put("since", principal.since().toString());
        ArrayNode keys = told.putArray("keys");
        for (HashedKey key : principal.keys()) {
            keys.addObject().put("id", key.id()).put("since", key.since().toString());
        }
    }

    private static void add(ObjectNode told, TakedownState state) {
        switch (state) {
            case TakedownState.Masked() -> told.put("state", "masked");
            case TakedownState.Purged(long version, List<Pin> heldBy) -> {
                told.put("state", "purged").put("version", version);
                ArrayNode pins = told.putArray("pinned");
                heldBy.forEach(pin ->
                        pins.addObject()
                                .put("version", pin.version())
                                .put("instruction", pin.instruction()));
            }
            case TakedownState.Expired(long version) ->
                    told.put("state", "expired").put("version", version);
        }
    }
}
