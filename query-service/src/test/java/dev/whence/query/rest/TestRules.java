package dev.whence.query.rest;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.access.AccessRules;
import dev.whence.access.ApiKey;
import dev.whence.access.HashedKey;
import dev.whence.access.Takedown;
import dev.whence.access.TakedownNames;
import dev.whence.store.ObjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Changes the rules of the store under test, and waits until the service goes by them. */
final class TestRules {
    private final SecureRandom random = new SecureRandom();
    private final TakedownNames names = new TakedownNames();
    private final AccessEditor editor;
    private final Client client;

    TestRules(ObjectStore store, Client client) {
        this.editor = new AccessEditor(new AccessChain(store), Clock.systemUTC(), random);
        this.client = client;
    }

    /** Makes a change, which is then in force. */
    AccessRules make(AccessChange change) throws Exception {
        AccessRules made = editor.make(change, "test", "", _ -> {});
        client.awaitRules(made.number());
        return made;
    }

    /** A principal with a key, which is returned. */
    ApiKey principal(String name, boolean operator) throws Exception {
        make(new AccessChange.AddPrincipal(name, operator, Instant.now()));
        return key(name);
    }

    /** One more key. */
    ApiKey key(String principal) throws Exception {
        ApiKey key = ApiKey.make(random);
        make(new AccessChange.AddKey(principal, HashedKey.of(key, Instant.now())));
        return key;
    }

    /** Takes something down. */
    Takedown takeDown(Takedown.Scope scope, String value) throws Exception {
        var takedown =
                new Takedown(
                        "t" + random.nextLong(Long.MAX_VALUE),
                        scope,
                        names.canonical(scope, value),
                        "asked",
                        "test",
                        Instant.now());
        make(new AccessChange.TakeDown(List.of(takedown)));
        return takedown;
    }
}
