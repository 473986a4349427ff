package dev.whence.query.export;

import dev.whence.lake.UrlRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a URL that are asked for, as columns. Immutable. */
public final class UrlColumns {

    /** What can be asked for, by the name of the field in JSON. */
    private enum Field {
        URL_ID("url_id", Column.Kind.FINGERPRINT),
        URL("url", Column.Kind.TEXT),
        TS("ts", Column.Kind.TIME),
        SCHEME("scheme", Column.Kind.TEXT),
        HOST("host", Column.Kind.TEXT),
        PATH_QUERY("path_query", Column.Kind.TEXT),
        EXTRAS("extras", Column.Kind.EXTRAS);

        private final String text;
        private final Column.Kind kind;

        Field(String text, Column.Kind kind) {
            this.text = text;
            this.kind = kind;
        }

        Column column() {
            return new Column(text, kind);
        }

        @Nullable Object value(UrlRow row) {
            return switch (this) {
                case URL_ID -> row.urlId();
                case URL -> row.url();
                case TS -> row.tsMicros() == UrlRow.NO_TS ? null : row.tsMicros();
                case SCHEME -> row.scheme().text();
                case HOST -> row.host();
                case PATH_QUERY -> row.pathQuery();
                case EXTRAS -> row.extras();
            };
        }

        static Field named(String name) {
            for (Field field : values()) {
                if (field.text.equals(name)) {
                    return field;
                }
            }
            throw new IllegalArgumentException("no field " + name);
        }
    }

    private final List<Field> fields;

    /**
     * Columns of these fields, in this order.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    public UrlColumns(List<String> names) {
        fields = names.stream().map(Field::named).toList();
    }

    List<Column> columns() {
        return fields.stream().map(Field::column).toList();
    }

    /** Puts the values of a row behind what stands before them. */
    @Nullable Object[] values(UrlRow row, Object... before) {
        @Nullable Object[] values = new @Nullable Object[before.length + fields.size()];
        System.arraycopy(before, 0, values, 0, before.length);
        for (int i = 0; i < fields.size(); i++) {
            values[before.length + i] = fields.get(i).value(row);
        }
        return values;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
