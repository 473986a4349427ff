package dev.whence.cli.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/** An RFC 9457 problem document, or whatever else came with a status that is none of success. */
record Problem(int status, String type, String said) {
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_CHARACTERS = 2_000;

    /** The problem of a path that the query service does not have; all that we ask for it has. */
    private static final String UNKNOWN_PATH = "urn:whence:problem:unknown-path";

    private static final String IS_IT = "; is it Whence?";
    private static final String ACCESS =
            " (an API key is said by --key-file FILE or " + Credential.VARIABLE + ")";

    /** Reads what there is of it; a body that is no problem document says nothing. */
    static Problem read(int status, InputStream body) {
        try {
            JsonNode problem = new JsonMapper().readTree(body.readNBytes(MOST_BYTES));
            String said = problem.path("detail").asText(problem.path("title").asText(""));
            return new Problem(
                    status,
                    problem.path("type").asText(),
                    said.length() > MOST_CHARACTERS ? said.substring(0, MOST_CHARACTERS) : said);
        } catch (IOException e) {
            return new Problem(status, "", "");
        }
    }

    /**
     * As one line for people.
     *
     * @param address of the server
     * @param path that was asked for
     */
    Failure failure(String address, String path) {
        if (type.equals(UNKNOWN_PATH)) {
            return Failure.problem(
                    type,
                    "there is nothing at %s%s: %s is not where Whence's paths begin; expected http://HOST:PORT"
                            .formatted(address, path, address));
        }
        if (said.isEmpty()) {
            return Failure.problem(
                    type,
                    "%s%s answers with status %d%s"
                            .formatted(address, path, status, status == 401 ? ACCESS : IS_IT));
        }
        return Failure.problem(type, status == 401 ? said + ACCESS : said);
    }
}
