package dev.whence.lake;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/** The columns of a URL file, by name, and the schema they make. */
final class UrlSchema {
    static final String DOMAIN_ID = "domain_id";
    static final String URL_ID = "url_id";
    static final String SCHEME = "scheme";
    static final String HOST = "host";
    static final String DOMAIN = "domain";
    static final String PATH_QUERY = "path_query";
    static final String TS = "ts";
    static final String EXTRAS = "extras";
    static final String EXTRAS_KEY = "extras.key_value.key";
    static final String EXTRAS_VALUE = "extras.key_value.value";

    private static final MessageType WITH_URL_IDS = schema(true);
    private static final MessageType WITHOUT_URL_IDS = schema(false);

    private UrlSchema() {}

    static MessageType of(boolean urlIds) {
        return urlIds ? WITH_URL_IDS : WITHOUT_URL_IDS;
    }

    /** The leaf columns by which rows are sorted, as their places in the schema. */
    static List<Integer> sortedBy(MessageType schema) {
        return List.of(
                place(schema, DOMAIN),
                place(schema, HOST),
                place(schema, PATH_QUERY),
                place(schema, SCHEME));
    }

    /** The place of a leaf column in the schema and in every row group. */
    static int place(MessageType schema, String column) {
        List<ColumnDescriptor> columns = schema.getColumns();
        for (int i = 0; i < columns.size(); i++) {
            if (String.join(".", columns.get(i).getPath()).equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + column);
    }

    private static MessageType schema(boolean urlIds) {
        Types.GroupBuilder<MessageType> schema =
                Types.buildMessage().required(INT64).named(DOMAIN_ID);
        if (urlIds) {
            schema = schema.required(INT64).named(URL_ID);
        }
        return schema.required(BINARY)
                .as(stringType())
                .named(SCHEME)
                .required(BINARY)
                .as(stringType())
                .named(HOST)
                .required(BINARY)
                .as(stringType())
                .named(DOMAIN)
                .required(BINARY)
                .as(stringType())
                .named(PATH_QUERY)
                .optional(INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                .named(TS)
                .optionalMap()
                .key(BINARY)
                .as(stringType())
                .requiredValue(BINARY)
                .as(stringType())
                .named(EXTRAS)
                .named("url");
    }
}
