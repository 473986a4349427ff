package dev.whence.cli.place;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The query service that answers. */
public final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The query service, such as http://localhost:8080 (or WHENCE_SERVER).")
    private @Nullable String server;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "A file that holds your API key, where the service asks for one (or"
                            + " WHENCE_API_KEY).")
    private @Nullable Path keyFile;

    @Mixin private Place place = new Place();

    public Place place() {
        return place;
    }

    public Server connect() throws Failure {
        String url = place.require(server, "WHENCE_SERVER", "http", "the query service");
        URI address;
        try {
            address =
                    URI.create((url.contains("://") ? url : "http://" + url).replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "'" + url + "' is not the URL of a server", e);
        }
        if (address.getHost() == null
                || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'"
                            + url
                            + "' is not the URL of a server; expected HOST:PORT or http://HOST:PORT",
                    null);
        }
        return Server.of(
                address,
                place.whenSilent(server, "WHENCE_SERVER", "--server URL or WHENCE_SERVER"),
                Credential.find(keyFile, place));
    }
}
