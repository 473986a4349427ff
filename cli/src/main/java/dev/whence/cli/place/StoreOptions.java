package dev.whence.cli.place;

import dev.whence.store.ObjectStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The object store. Its secret key comes from the environment or the data directory only: a command
 * line is seen by everyone on the machine.
 */
public final class StoreOptions {
    @Option(
            names = "--store",
            paramLabel = "LOCATION",
            scope = ScopeType.INHERIT,
            description =
                    "The store: s3://BUCKET/PREFIX or file:///DIRECTORY (or WHENCE_STORE_LOCATION).")
    private @Nullable String location;

    @Mixin private S3Options s3 = new S3Options();

    @Mixin private Place place = new Place();

    /** All variables of the environment. */
    public Map<String, String> environment() {
        return place.environment();
    }

    public ObjectStore open() throws Failure {
        String found =
                place.require(location, "WHENCE_STORE_LOCATION", "store_location", "the store");
        // Whoever names another store does not mean the one whose address and keys lie around.
        boolean named = place.isSaid(location, "WHENCE_STORE_LOCATION");
        return s3.open(S3Options.uri(found), place, named);
    }
}
