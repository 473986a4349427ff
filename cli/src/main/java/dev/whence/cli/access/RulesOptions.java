package dev.whence.cli.access;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.access.AccessRules;
import dev.whence.access.RefusedChangeException;
import dev.whence.access.TakedownStates;
import dev.whence.catalog.VersionChain;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.StoreOptions;
import dev.whence.cli.print.Visible;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The rules of a store, to be read and changed. */
public final class RulesOptions {
    @Mixin private StoreOptions options = new StoreOptions();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one object for programs.")
    private boolean json;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock = Clock.systemUTC();

    /** Reads something of the chain. */
    public interface Reading<T> {
        T of(AccessChain chain) throws Failure, IOException;
    }

    /** What somebody wants to know of the chain. */
    public <T> T read(Reading<T> reading) throws Failure, IOException {
        try (ObjectStore store = options.open()) {
            return reading.of(new AccessChain(store));
        }
    }

    /** The newest rules; empty where there are none. */
    public Optional<AccessRules> newest() throws Failure, IOException {
        return read(AccessChain::newest);
    }

    /** How far takedowns have come in the newest version. */
    public TakedownStates takedownStates() throws Failure, IOException {
        try (ObjectStore store = options.open()) {
            return TakedownStates.read(new AccessChain(store), new VersionChain(store).latest());
        }
    }

    /**
     * Makes a change, and says which rules hold it.
     *
     * @param by who makes it
     * @param told where lost races are told
     */
    public AccessRules change(AccessChange change, String by, String reason, PrintWriter told)
            throws Failure, IOException {
        return read(chain -> make(chain, change, by, reason, told));
    }

    /** Whether it is a program that asks. */
    public boolean json() {
        return json;
    }

    public SecureRandom random() {
        return random;
    }

    public Clock clock() {
        return clock;
    }

    private AccessRules make(
            AccessChain chain, AccessChange change, String by, String reason, PrintWriter told)
            throws Failure, IOException {
        try {
            return new AccessEditor(chain, clock, random)
                    .make(
                            change,
                            by,
                            reason,
                            first ->
                                    told.println(
                                            Visible.of(
                                                    "%s was first with rules %d (%s); the change is made to those"
                                                            .formatted(
                                                                    first.by(),
                                                                    first.number(),
                                                                    first.change()))));
        } catch (RefusedChangeException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}
