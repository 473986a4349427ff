package dev.whence.query.page;

import dev.whence.query.rest.BadParameterException;
import java.util.List;
import java.util.regex.Pattern;

/** The domains of a list that somebody pasted or dropped, as they stand there. */
final class DomainList {
    static final int MOST = 100_000;

    private static final Pattern BETWEEN = Pattern.compile("[\\s,;\"]+");

    private DomainList() {}

    /** With blanks, commas, semicolons or quotes between; a line that begins with # is a remark. */
    static List<String> parse(String text) {
        List<String> domains =
                text.lines()
                        .map(String::strip)
                        .filter(line -> !line.startsWith("#"))
                        .flatMap(BETWEEN::splitAsStream)
                        .filter(each -> !each.isEmpty() && !each.equals("\uFEFF"))
                        .map(each -> each.startsWith("\uFEFF") ? each.substring(1) : each)
                        .limit(MOST + 1L)
                        .toList();
        if (domains.isEmpty()) {
            throw new BadParameterException(
                    "The list is empty; paste domains, one a line, or choose a file of them.");
        }
        if (domains.size() > MOST) {
            throw new BadParameterException(
                    "The list has more than %,d domains; look it up in parts.".formatted(MOST));
        }
        return domains;
    }
}
