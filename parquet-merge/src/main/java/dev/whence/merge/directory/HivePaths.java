package dev.whence.merge.directory;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Partition values in paths, as Hive writes them: {@code year=2024/city=S%C3%A3o/part.parquet}.
 * Only folders below the table's root count, whatever stands above it; values are text, so that
 * {@code 01} stays {@code 01}. Escapes are read as UTF-8 (DuckDB, Spark), or as single characters
 * where they are none (old Hive); a {@code %} that begins no escape stands for itself.
 */
public final class HivePaths {
    /** Hive's null. */
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    /** What Hive and Spark escape, beside control characters. */
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^";

    private HivePaths() {}

    /**
     * The partition of a file.
     *
     * @param key below the table's root
     * @throws MergeRefusedException if a column stands in it twice
     */
    public static Partition partition(String key) {
        var values = new ArrayList<Partition.Value>();
        for (String segment : folders(key)) {
            if (isPartition(segment)) {
                int equals = segment.indexOf('=');
                String column = decode(segment.substring(0, equals));
                String value = segment.substring(equals + 1);
                values.add(new Partition.Value(column, value.equals(NULL) ? null : decode(value)));
            }
        }
        Partition partition = new Partition(values);
        if (partition.columns().stream().distinct().count() < values.size()) {
            throw new MergeRefusedException(
                    "%s: a partition column stands twice in its path, of %s"
                            .formatted(key, partition.columns()));
        }
        return partition;
    }

    /**
     * The folder of a file's partition, as it is written: empty, or ending with a slash.
     *
     * @param key below the table's root
     */
    static String folder(String key) {
        int end = 0;
        int at = 0;
        for (String segment : folders(key)) {
            at += segment.length() + 1;
            end = isPartition(segment) ? at : end;
        }
        return key.substring(0, end);
    }

    /** The folder that a new partition gets: empty, or ending with a slash. */
    public static String folder(Partition partition) {
        var folder = new StringBuilder();
        for (Partition.Value value : partition.values()) {
            folder.append(column(value.column()))
                    .append('=')
                    .append(value(value.value()))
                    .append('/');
        }
        return folder.toString();
    }

    /**
     * Checks that all files are partitioned by the same columns.
     *
     * @param keys below the table's root
     * @throws MergeRefusedException naming two files that are not
     */
    static void requireSameColumns(List<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        List<String> expected = partition(keys.getFirst()).columns();
        for (String key : keys) {
            List<String> columns = partition(key).columns();
            if (!columns.equals(expected)) {
                throw new MergeRefusedException(
                        "%s has the partition columns %s, %s has %s: all files of a table have the same"
                                .formatted(keys.getFirst(), expected, key, columns));
            }
        }
    }

    private static List<String> folders(String key) {
        List<String> segments = List.of(key.split("/", -1));
        return segments.subList(0, segments.size() - 1);
    }

    private static boolean isPartition(String segment) {
        return segment.indexOf('=') > 0;
    }

    private static String column(String column) {
        String encoded = encode(column);
        // Nobody looks into a folder whose name begins with a dot.
        return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
    }

    private static String value(@Nullable String value) {
        if (value == null) {
            return NULL;
        }
        // A text that looks like Hive's null is none.
        return value.equals(NULL) ? "%5F" + NULL.substring(1) : encode(value);
    }

    private static String encode(String text) {
        var encoded = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (ESCAPED.indexOf(c) < 0 && !Character.isISOControl(c)) {
                encoded.append(c);
                continue;
            }
            for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static String decode(String text) {
        var decoded = new StringBuilder();
        var octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            while (isEscape(text, at)) {
                octets.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 3;
            }
            if (octets.size() > 0) {
                decoded.append(decode(octets.toByteArray()));
                octets.reset();
            } else {
                decoded.append(text.charAt(at++));
            }
        }
        return decoded.toString();
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && text.charAt(at) == '%'
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    private static String decode(byte[] octets) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException _) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
