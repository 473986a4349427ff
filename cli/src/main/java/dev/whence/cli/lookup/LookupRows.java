package dev.whence.cli.lookup;

import com.fasterxml.jackson.databind.JsonNode;

/** Where answers go, one for each line of a list. */
public interface LookupRows {
    /**
     * Takes what a server told of a line.
     *
     * @param line as it stood in the list
     * @param told an element of {@code domains} of {@code /v1/domains:lookup}
     */
    void answer(String line, JsonNode told);
}
