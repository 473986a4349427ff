package dev.whence.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How services are run: as processes of the packaged jars, or, with {@code
 * -Dwhence.containers=true}, as containers of the images that {@code deploy/build-images} makes.
 */
interface Runner {
    /**
     * Starts a service and returns when it listens.
     *
     * @param service ingest, indexer or query
     * @param directory a new one, of this service alone
     */
    Running start(String service, Map<String, String> environment, Path directory) throws Exception;

    /** What comes before the arguments of a call of the command line. */
    List<String> commandLine(Map<String, String> environment) throws IOException;

    static Runner chosen() {
        return Containers.areWanted() ? new Containers() : new Processes();
    }
}
