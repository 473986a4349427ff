package dev.whence.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What wrk asks, as scripts of its Lua that read what they ask from files beside them. */
record WrkScripts(Path directory) {

    /** Looks domains up at random. */
    Path lookups(List<String> domains) throws IOException {
        return paths("lookups", domains.stream().map(domain -> "/v1/domain/" + domain).toList());
    }

    /** Asks for any of these paths. */
    Path paths(String name, List<String> paths) throws IOException {
        Path list = Files.write(directory.resolve(name + ".txt"), paths);
        return Files.writeString(
                directory.resolve(name + ".lua"),
                """
                local paths = {}
                for line in io.lines("%s") do paths[#paths + 1] = line end
                request = function() return wrk.format("GET", paths[math.random(#paths)]) end
                """
                        .formatted(list));
    }

    /** Sends any of these bodies to a path. */
    Path posts(String name, String path, List<String> bodies) throws IOException {
        Path list = Files.write(directory.resolve(name + ".txt"), bodies);
        return Files.writeString(
                directory.resolve(name + ".lua"),
                """
                local bodies = {}
                for line in io.lines("%s") do bodies[#bodies + 1] = line end
                local headers = { ["Content-Type"] = "application/json" }
                request = function()
                  return wrk.format("POST", "%s", headers, bodies[math.random(#bodies)])
                end
                """
                        .formatted(list, path));
    }
}
