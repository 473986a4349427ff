package dev.whence.lake;

import dev.whence.parquet.FooterSeal;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/**
 * What makes a Parquet file a URL file, for all who write one: encodings and page sizes, what the
 * footer says, and its seal. docs/format/url-file.md explains each.
 */
public final class UrlFileForm {
    static final String PROFILE_KEY = "whence.url-profile";
    static final String SUFFIX_LIST_KEY = "whence.suffix-list";

    /**
     * A row group ends before its dictionary of domains or hosts passes this size: a page of URLs
     * needs the whole dictionary, so it bounds the time and memory of a query.
     */
    public static final int LARGEST_DICTIONARY_BYTES = 256 << 10;

    /** The column of fingerprints, which has a bloom filter. */
    public static final String URL_ID = UrlSchema.URL_ID;

    /** Columns whose dictionary must not pass {@link #LARGEST_DICTIONARY_BYTES}. */
    public static final List<String> DICTIONARIES = List.of(UrlSchema.DOMAIN, UrlSchema.HOST);

    /** Of 100 values that a bloom filter does not hold, it takes about one for one that it does. */
    public static final double FALSE_POSITIVES = 0.01;

    /** Longer statistics are cut off; no registrable domain is as long. */
    static final int STATISTICS_BYTES = 256;

    /** Texts count as they are decoded, not as they are stored. */
    private static final int LARGEST_PAGE_BYTES = 1 << 20;

    private static final int PAGE_CHECK_ROWS = 20;

    private UrlFileForm() {}

    /** Encodings and page sizes of all columns. */
    public static ParquetProperties.Builder properties(UrlFileOptions options) {
        return ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withValuesWriterFactory(new UrlValuesWriters())
                .withPageSize(LARGEST_PAGE_BYTES)
                .withPageRowCountLimit(options.pageRows())
                .withMinRowCountForPageSizeCheck(PAGE_CHECK_ROWS)
                .estimateRowCountForPageSizeCheck(false)
                .withColumnIndexTruncateLength(STATISTICS_BYTES)
                .withStatisticsTruncateLength(STATISTICS_BYTES)
                .withPageWriteChecksumEnabled(true);
    }

    /** The profile by which URLs are canonical and domains are found. */
    public static Map<String, String> keyValues() {
        UrlProfile profile = UrlProfile.current();
        return Map.of(
                PROFILE_KEY,
                Integer.toString(profile.number()),
                SUFFIX_LIST_KEY,
                profile.suffixListDate());
    }

    /**
     * The tail of a file whose row groups are all sorted, sealed.
     *
     * @param tail the file from the first page index (or before it) to the end
     * @param tailOffset where the tail begins in the file
     * @param sortedBy places of the columns {@code domain, host, path_query, scheme} in its schema
     */
    public static byte[] seal(byte[] tail, long tailOffset, List<Integer> sortedBy)
            throws IOException {
        return FooterSeal.seal(tail, tailOffset, sortedBy);
    }
}
