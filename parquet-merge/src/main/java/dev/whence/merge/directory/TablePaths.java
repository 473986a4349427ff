package dev.whence.merge.directory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where everything of a table lies. Paths are below its root; nothing in {@code _whence} ends in
 * {@code .parquet}, so that no glob takes it for data.
 *
 * @param root put before every path to have its object's key: empty, or ending with a slash
 */
record TablePaths(String root) {
    static final String STAGING = "_whence/staging/";
    static final String REPLACED = "_whence/replaced/";
    private static final String COMMITS = "_whence/commits/";
    private static final String APPLIED = "_whence/applied/";
    private static final String DATA = ".parquet";
    private static final Pattern MERGE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern OURS =
            Pattern.compile("(?:.*/)?part-([0-9a-f]{32})-[0-9]{5,}\\.parquet");

    TablePaths {
        if (!root.isEmpty() && !root.endsWith("/")) {
            throw new IllegalArgumentException(
                    "the root '" + root + "' must be empty or end with a slash");
        }
    }

    String key(String path) {
        return root + path;
    }

    /** The path of an object below the root. */
    String path(String key) {
        if (!key.startsWith(root)) {
            throw new IllegalArgumentException(key + " is not below " + root);
        }
        return key.substring(root.length());
    }

    /**
     * Whether an object is one of the table's data files: none of its segments begins with a dot,
     * or with an underscore unless it is a partition, as Spark has it.
     */
    static boolean isData(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty()
                    || segment.startsWith(".")
                    || (segment.startsWith("_") && !segment.contains("="))) {
                return false;
            }
        }
        return path.endsWith(DATA);
    }

    static boolean isMergeId(String text) {
        return MERGE_ID.matcher(text).matches();
    }

    static String commit(long number) {
        return COMMITS + "%020d.json".formatted(number);
    }

    static String applied(long number) {
        return APPLIED + "%020d".formatted(number);
    }

    /** The folder of all that a merge stages; ends with a slash. */
    static String staging(String mergeId) {
        return STAGING + mergeId + "/";
    }

    static String staged(String mergeId, int file) {
        return staging(mergeId) + "%05d".formatted(file);
    }

    /** The folder of what a commit took out; ends with a slash. */
    static String replaced(long number) {
        return REPLACED + "%020d/".formatted(number);
    }

    static String replaced(long number, int file) {
        return replaced(number) + "%05d".formatted(file);
    }

    /** The name that a staged file will have. */
    static String fresh(String mergeId, int file) {
        return "part-%s-%05d%s".formatted(mergeId, file, DATA);
    }

    /** The merge that gave a file its name, if it looks as if one did. */
    static Optional<String> mergeIdOf(String path) {
        Matcher ours = OURS.matcher(path);
        return ours.matches() ? Optional.of(ours.group(1)) : Optional.empty();
    }
}
