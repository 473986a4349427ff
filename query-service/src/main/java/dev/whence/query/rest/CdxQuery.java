package dev.whence.query.rest;

import dev.whence.query.cdx.CdxDialect;
import dev.whence.query.cdx.CdxField;
import dev.whence.query.cdx.CdxFilter;
import dev.whence.query.cdx.CdxOutput;
import dev.whence.query.cdx.CdxQuestion;
import dev.whence.query.cdx.CdxQuestion.Collapse;
import dev.whence.query.cdx.CdxQuestion.Window;
import dev.whence.query.cdx.CdxScope;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of a CDX server, as they came. */
public final class CdxQuery {
    /** Rows that a block counts, as in the indexes of archives. */
    private static final int BLOCK_ROWS = 3_000;

    private static final int DEFAULT_PAGE_BLOCKS = 5;
    private static final int MOST_PAGE_BLOCKS = 50;
    private static final int MOST_FILTERS = 10;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,14}");

    @Parameter(
            required = true,
            description =
                    "A URL, with a * behind it for all that begin so, or *. and a host for that"
                            + " host and those below it.",
            example = "example.com/*",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("url")
    @Nullable String url;

    @Parameter(
            description = "Which URLs are like it.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"exact", "prefix", "host", "domain"},
                            defaultValue = "exact"))
    @QueryParam("matchType")
    @Nullable String matchType;

    @Parameter(
            description = "How to tell them: text, json, or cdxj (of an index alone).",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("output")
    @Nullable String output;

    @Parameter(
            description =
                    "The fields to tell, with commas between: urlkey, timestamp, original (url),"
                            + " mimetype (mime), statuscode (status), digest, length, offset,"
                            + " filename, dataset, or what producers sent along.",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("fl")
    @Nullable String fl;

    @Parameter(
            description = "The most lines; without it, all there are.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
    @QueryParam("limit")
    @Nullable String limit;

    @Parameter(
            description = "How many lines to leave out at first.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @QueryParam("offset")
    @Nullable String offset;

    @Parameter(
            description = "Only captures not before this, 1 to 14 digits of yyyyMMddhhmmss.",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("from")
    @Nullable String from;

    @Parameter(
            description = "Only captures not after this, 1 to 14 digits.",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("to")
    @Nullable String to;

    @Parameter(
            description =
                    "[!][=|~]field:expression, up to ten of them: = is equal, ~ begins like a"
                            + " regular expression; without a sign, /cdx takes a regular"
                            + " expression for the whole value, an index a text that is in it.",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @QueryParam("filter")
    @Nullable List<String> filter;

    @Parameter(
            description =
                    "field or field:N, up to ten of them: of neighbours with the same field, or"
                            + " its first N characters, only the first is told.",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @QueryParam("collapse")
    @Nullable List<String> collapse;

    @Parameter(
            description = "Whether to tell behind the last line where to go on, if limit cut.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"true", "false"},
                            defaultValue = "false"))
    @QueryParam("showResumeKey")
    @Nullable String showResumeKey;

    @Parameter(
            description = "Where to go on, with the same question.",
            schema = @Schema(type = SchemaType.STRING))
    @QueryParam("resumeKey")
    @Nullable String resumeKey;

    @Parameter(
            description = "Only this page, from 0 on; filters are applied within it.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @QueryParam("page")
    @Nullable String page;

    @Parameter(
            description = "Blocks of 3,000 rows in a page.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "50",
                            defaultValue = "5"))
    @QueryParam("pageSize")
    @Nullable String pageSize;

    @Parameter(
            description = "Whether to tell how many pages there are, and nothing else.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"true", "false"},
                            defaultValue = "false"))
    @QueryParam("showNumPages")
    @Nullable String showNumPages;

    CdxOutput output(CdxDialect dialect) {
        Map<String, CdxOutput> known = dialect.outputs();
        CdxOutput found = known.get(output == null ? "" : output);
        if (found == null) {
            var names = new TreeSet<>(known.keySet());
            names.remove("");
            throw new BadParameterException(
                    "output is one of %s, not '%s'."
                            .formatted(
                                    String.join(", ", names),
                                    Parameters.shown(String.valueOf(output))));
        }
        return found;
    }

    List<CdxField> fields(CdxDialect dialect) {
        try {
            return fl == null ? dialect.fields() : CdxField.list(fl);
        } catch (IllegalArgumentException e) {
            throw new BadParameterException("fl: " + e.getMessage());
        }
    }

    boolean showsResumeKey() {
        return Parameters.flag("showResumeKey", showResumeKey, false);
    }

    boolean showsNumPages() {
        return Parameters.flag("showNumPages", showNumPages, false);
    }

    /** Which page is asked for; empty for all of them. */
    OptionalLong page() {
        return page == null
                ? OptionalLong.empty()
                : OptionalLong.of(Parameters.count("page", page, 0, 0));
    }

    int pageBlocks() {
        return (int)
                Parameters.number("pageSize", pageSize, 1, MOST_PAGE_BLOCKS, DEFAULT_PAGE_BLOCKS);
    }

    static long blocks(long rows) {
        return Math.ceilDiv(rows, (long) BLOCK_ROWS);
    }

    long pages(long rows) {
        return Math.ceilDiv(blocks(rows), (long) pageBlocks());
    }

    CdxQuestion question(CdxDialect dialect, CdxScope scope) {
        if (resumeKey != null && (page != null || offset != null)) {
            throw new BadParameterException("resumeKey goes without page and offset.");
        }
        try {
            return new CdxQuestion(
                    scope,
                    digits("from", from),
                    digits("to", to),
                    some("filter", filter).stream()
                            .map(each -> CdxFilter.of(each, dialect.plainFilter()))
                            .toList(),
                    some("collapse", collapse).stream().map(CdxQuery::collapse).toList(),
                    window(),
                    Parameters.count("offset", offset, 0, 0),
                    Parameters.count("limit", limit, 1, Long.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw new BadParameterException(String.valueOf(e.getMessage()));
        }
    }

    private Window window() {
        long rows = (long) pageBlocks() * BLOCK_ROWS;
        OptionalLong wanted = page();
        return wanted.isEmpty()
                ? Window.ALL
                : new Window(
                        Math.multiplyExact(Math.min(wanted.getAsLong(), 1L << 40), rows), rows);
    }

    private static List<String> some(String name, @Nullable List<String> values) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > MOST_FILTERS) {
            throw new BadParameterException(
                    "%s is given at most %d times.".formatted(name, MOST_FILTERS));
        }
        return new ArrayList<>(values);
    }

    private static Collapse collapse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Collapse(CdxField.named(text), Integer.MAX_VALUE)
                : new Collapse(
                        CdxField.named(text.substring(0, colon)),
                        (int)
                                Parameters.number(
                                        "N of collapse", text.substring(colon + 1), 1, 65_536));
    }

    private static String digits(String name, @Nullable String text) {
        if (text == null) {
            return "";
        }
        if (!DIGITS.matcher(text).matches()) {
            throw new BadParameterException(
                    "%s is 1 to 14 digits of yyyyMMddhhmmss, not '%s'."
                            .formatted(name, Parameters.shown(text)));
        }
        return text;
    }
}
