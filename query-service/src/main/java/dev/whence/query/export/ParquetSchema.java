package dev.whence.query.export;

import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Columns of an export as Parquet has them, all optional; fingerprints as in the lake, signed. */
final class ParquetSchema {
    private ParquetSchema() {}

    static MessageType of(List<Column> columns) {
        return new MessageType("whence", columns.stream().map(ParquetSchema::type).toList());
    }

    private static Type type(Column column) {
        return switch (column.kind()) {
            case TEXT ->
                    Types.optional(PrimitiveTypeName.BINARY).as(stringType()).named(column.name());
            case NUMBER, FINGERPRINT ->
                    Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case SHARE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case TIME ->
                    Types.optional(PrimitiveTypeName.INT64)
                            .as(timestampType(true, TimeUnit.MICROS))
                            .named(column.name());
            case EXTRAS ->
                    Types.optionalGroup()
                            .as(mapType())
                            .repeatedGroup()
                            .required(PrimitiveTypeName.BINARY)
                            .as(stringType())
                            .named("key")
                            .optional(PrimitiveTypeName.BINARY)
                            .as(stringType())
                            .named("value")
                            .named("key_value")
                            .named(column.name());
        };
    }
}
