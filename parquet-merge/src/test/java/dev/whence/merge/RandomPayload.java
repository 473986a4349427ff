package dev.whence.merge;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a random case that are no keys, some of them nested. */
final class RandomPayload {
    /** A column to order a source by. */
    static final String RANK = "rank";

    private static final List<Type> CHOICE =
            List.of(
                    Types.required(DOUBLE).named("number"),
                    Types.optional(BINARY).as(stringType()).named("text"),
                    Types.optionalList().optionalElement(INT64).named("list"),
                    Types.optionalMap()
                            .key(Types.required(BINARY).as(stringType()).named("key"))
                            .optionalValue(INT32)
                            .named("map"),
                    Types.optionalGroup()
                            .required(INT32)
                            .named("a")
                            .optional(DOUBLE)
                            .named("b")
                            .named("struct"),
                    Types.requiredList()
                            .requiredListElement()
                            .optionalElement(INT32)
                            .named("lists"));

    private final List<Type> chosen = new ArrayList<>();
    private final boolean olderFilesLackText;

    RandomPayload(Random random) {
        for (Type type : CHOICE) {
            if (random.nextInt(3) > 0) {
                chosen.add(type);
            }
        }
        olderFilesLackText = random.nextInt(4) == 0;
    }

    /** The columns of a file; older ones may lack one. */
    List<Type> fields(boolean all) {
        List<Type> fields = new ArrayList<>();
        fields.add(Types.optional(DOUBLE).named(RANK));
        for (Type type : chosen) {
            if (all || !olderFilesLackText || !type.getName().equals("text")) {
                fields.add(type);
            }
        }
        return fields;
    }

    void fill(Group row, Random random) {
        for (Type field : row.getType().getFields()) {
            switch (field.getName()) {
                case RANK -> {
                    if (random.nextInt(6) > 0) {
                        row.add(RANK, number(random));
                    }
                }
                case "number" -> row.add("number", number(random));
                case "text" -> {
                    if (random.nextInt(4) > 0) {
                        row.add("text", "t".repeat(random.nextInt(8)) + random.nextInt(30));
                    }
                }
                case "list" -> {
                    if (random.nextInt(4) > 0) {
                        list(row.addGroup("list"), random);
                    }
                }
                case "map" -> {
                    if (random.nextInt(4) > 0) {
                        map(row.addGroup("map"), random);
                    }
                }
                case "struct" -> {
                    if (random.nextInt(4) > 0) {
                        Group struct = row.addGroup("struct").append("a", random.nextInt(9));
                        if (random.nextBoolean()) {
                            struct.add("b", number(random));
                        }
                    }
                }
                case "lists" -> {
                    Group lists = row.addGroup("lists");
                    for (int i = random.nextInt(3); i > 0; i--) {
                        Group inner = lists.addGroup(0).addGroup(0);
                        for (int j = random.nextInt(3); j > 0; j--) {
                            Group element = inner.addGroup(0);
                            if (random.nextBoolean()) {
                                element.add(0, random.nextInt(50));
                            }
                        }
                    }
                }
                default -> {
                    // A key, which the case fills in.
                }
            }
        }
    }

    private static void list(Group list, Random random) {
        for (int i = random.nextInt(4); i > 0; i--) {
            Group element = list.addGroup(0);
            if (random.nextInt(4) > 0) {
                element.add(0, (long) random.nextInt(1_000));
            }
        }
    }

    private static void map(Group map, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            Group entry = map.addGroup(0);
            entry.add(0, Binary.fromString("key" + i));
            if (random.nextBoolean()) {
                entry.add(1, random.nextInt(1_000));
            }
        }
    }

    private static double number(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> 0.0;
            default -> random.nextInt(100) / 4.0;
        };
    }
}
