package dev.whence.merge;

import dev.whence.merge.key.KeyKind;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A target, a source and what to do with them, all drawn from one seed. Files of the target have
 * each of their columns in a narrow form or a wide one, so that none may be as wide as the table;
 * the source has forms that go into each of them, unless its rows are not needed: then it has any
 * form of the same kind.
 */
final class RandomCase {
    private static final MergeStrategy[] STRATEGIES = MergeStrategy.values();

    /** Where no column is part of the path. */
    private static final int NOT_PARTITIONED = -2;

    /** Where the path has a column that follows from the key. */
    private static final int BY_COLUMN_OF_ITS_OWN = -1;

    /** Turns a file into one of another writer. */
    interface OtherWriter {
        byte[] rewrite(byte[] file) throws IOException;
    }

    private final Random random;
    private final ObjectStore store;
    private final OtherWriter otherWriter;
    private final boolean mixes;
    private final boolean nullableKeys;
    private final List<RandomColumn> keys = new ArrayList<>();
    private final boolean nested;
    private final RandomPayload payload;
    private final int partitionedBy;
    private final boolean partitionInSource;
    private final Map<RandomColumn, Form> sourceForms = new LinkedHashMap<>();
    private int files;

    final MergeRequest request;
    final List<String> partitionColumns;
    final Dataset target;
    final Dataset source;

    RandomCase(long seed, ObjectStore store, boolean mixes, OtherWriter otherWriter)
            throws IOException {
        this.random = new Random(seed);
        this.store = store;
        this.mixes = mixes;
        this.otherWriter = otherWriter;
        MergeStrategy strategy = STRATEGIES[random.nextInt(STRATEGIES.length)];
        nullableKeys = random.nextBoolean();
        int keyCount = random.nextInt(1, 4);
        int distinct = keyCount == 1 ? random.nextInt(20, 400) : random.nextInt(2, 12);
        boolean anyForm = mixes && strategy == MergeStrategy.DELETE;
        for (int i = 0; i < keyCount; i++) {
            KeyKind kind = KeyKind.values()[random.nextInt(KeyKind.values().length)];
            keys.add(RandomColumn.of("k" + i, kind, anyForm, distinct, random));
        }
        nested = random.nextInt(4) == 0;
        payload = new RandomPayload(random);
        partitionedBy = drawPartitioning();
        partitionInSource =
                partitionedBy != BY_COLUMN_OF_ITS_OWN
                        || strategy.addsUnmatched()
                        || random.nextBoolean();
        List<List<Object>> targetKeys =
                drawKeys(random.nextInt(random.nextInt(8) == 0 ? 400 : 120));
        List<DataFile> targetFiles = writeTarget(targetKeys, anyForm);
        target = new Dataset(store, targetFiles);
        partitionColumns =
                targetFiles.isEmpty() ? List.of() : targetFiles.getFirst().partition().columns();
        source = new Dataset(store, writeSource(targetKeys));
        request = request(strategy);
    }

    private MergeRequest request(MergeStrategy strategy) {
        List<SortOrder> order = new ArrayList<>();
        if (strategy == MergeStrategy.DEDUPLICATE && random.nextInt(3) > 0) {
            order.add(new SortOrder(RandomPayload.RANK, random.nextBoolean()));
        }
        return new MergeRequest(
                strategy,
                strategy == MergeStrategy.APPEND
                        ? List.of()
                        : keys.stream().map(this::path).toList(),
                RewriteMode.FULL,
                order);
    }

    private int drawPartitioning() {
        if (random.nextInt(3) > 0) {
            return NOT_PARTITIONED;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!isInStruct(i) && isPlainNumber(keys.get(i)) && random.nextBoolean()) {
                return i;
            }
        }
        return BY_COLUMN_OF_ITS_OWN;
    }

    /** Whether paths can hold the column's values in every form, and as the same text. */
    private static boolean isPlainNumber(RandomColumn column) {
        return column.kind() == KeyKind.INTEGER || column.kind() == KeyKind.BOOLEAN;
    }

    private boolean isInStruct(int key) {
        return nested && key == 0;
    }

    private String path(RandomColumn key) {
        return isInStruct(keys.indexOf(key)) ? "s." + key.name() : key.name();
    }

    private List<List<Object>> drawKeys(int rows) {
        List<List<Object>> drawn = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<Object> key = new ArrayList<>();
            for (RandomColumn column : keys) {
                key.add(column.draw(column.forms().getLast(), nullableKeys, random));
            }
            drawn.add(key);
        }
        if (random.nextBoolean()) {
            drawn.sort(RandomCase::compareKeys);
        }
        return drawn;
    }

    @SuppressWarnings("unchecked")
    private static int compareKeys(List<Object> one, List<Object> other) {
        Comparator<Object> component =
                Comparator.nullsFirst((a, b) -> ((Comparable<Object>) a).compareTo(b));
        for (int i = 0; i < one.size(); i++) {
            int order = component.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private List<DataFile> writeTarget(List<List<Object>> rows, boolean anyForm)
            throws IOException {
        Map<RandomColumn, List<Form>> choice = new LinkedHashMap<>();
        for (RandomColumn column : keys) {
            int most = column.forms().size();
            int top = random.nextInt(most);
            int bottom = mixes && !anyForm ? random.nextInt(top + 1) : top;
            choice.put(column, column.forms().subList(bottom, top + 1));
            int taken = anyForm ? random.nextInt(most) : random.nextInt(bottom + 1);
            sourceForms.put(column, column.forms().get(mixes ? taken : top));
        }
        int count = random.nextInt(partitionedBy == NOT_PARTITIONED ? 7 : 4);
        // Some file must have all columns, and one without rows may not be written at all.
        int complete = count == 0 || rows.size() < count ? -1 : random.nextInt(count);
        List<DataFile> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean hasAll = complete < 0 || i == complete || random.nextBoolean();
            List<List<Object>> part =
                    rows.subList(rows.size() * i / count, rows.size() * (i + 1) / count);
            Map<Partition, List<List<Object>>> places = new LinkedHashMap<>();
            Map<RandomColumn, Form> forms = new LinkedHashMap<>();
            choice.forEach((column, of) -> forms.put(column, of.get(random.nextInt(of.size()))));
            for (List<Object> key : part) {
                List<Object> fitting = fitting(key, forms);
                places.computeIfAbsent(partition(fitting), place -> new ArrayList<>()).add(fitting);
            }
            if (places.isEmpty() && partitionedBy == NOT_PARTITIONED) {
                places.put(Partition.NONE, List.of());
            }
            for (var place : places.entrySet()) {
                written.add(write("target", forms, place.getKey(), place.getValue(), hasAll));
            }
        }
        return written;
    }

    private List<DataFile> writeSource(List<List<Object>> targetKeys) throws IOException {
        List<DataFile> written = new ArrayList<>();
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            List<List<Object>> rows = new ArrayList<>();
            for (int row = random.nextInt(60); row > 0; row--) {
                boolean known = !targetKeys.isEmpty() && random.nextInt(3) > 0;
                List<Object> key =
                        known
                                ? targetKeys.get(random.nextInt(targetKeys.size()))
                                : drawKeys(1).getFirst();
                rows.add(fitting(key, sourceForms));
            }
            written.add(write("source", sourceForms, null, rows, true));
        }
        return written;
    }

    /** The key, with others in the place of values that the forms cannot hold. */
    private List<Object> fitting(List<Object> key, Map<RandomColumn, Form> forms) {
        List<Object> fitting = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Form form = forms.get(keys.get(i));
            Object value = key.get(i);
            fitting.add(
                    value == null || form.raw(value) != null
                            ? value
                            : keys.get(i).draw(form, nullableKeys, random));
        }
        return fitting;
    }

    private Partition partition(List<Object> key) {
        if (partitionedBy == NOT_PARTITIONED) {
            return Partition.NONE;
        }
        return new Partition(
                List.of(
                        partitionedBy == BY_COLUMN_OF_ITS_OWN
                                ? new Partition.Value("p", ownPartition(key))
                                : new Partition.Value(
                                        keys.get(partitionedBy).name(),
                                        text(key.get(partitionedBy)))));
    }

    /** A function of the key by value, so that no merge would move a row. */
    private static String ownPartition(List<Object> key) {
        int hash = 0;
        for (Object value : key) {
            hash = hash * 31 + Objects.hashCode(PlainValue.key((Comparable<?>) value));
        }
        return switch (Math.floorMod(hash, 4)) {
            case 0 -> null;
            case 1 -> "a=b/c";
            case 2 -> "01";
            default -> "ü";
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private DataFile write(
            String side,
            Map<RandomColumn, Form> forms,
            Partition place,
            List<List<Object>> rows,
            boolean hasAll)
            throws IOException {
        MessageType schema = schema(forms, place, hasAll);
        List<Group> groups = new ArrayList<>();
        for (List<Object> key : rows) {
            groups.add(group(schema, forms, place, key));
        }
        byte[] file = ParquetFiles.write(schema, groups, random);
        if (otherWriter != null) {
            file = otherWriter.rewrite(file);
        }
        String name = "%s/%02d.parquet".formatted(side, files++);
        store.put(name, ObjectBody.of(file));
        return new DataFile(name, file.length, place == null ? Partition.NONE : place);
    }

    private MessageType schema(Map<RandomColumn, Form> forms, Partition place, boolean hasAll) {
        List<Type> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            RandomColumn key = keys.get(i);
            if (place != null && i == partitionedBy) {
                continue;
            }
            Type field =
                    forms.get(key).type(RandomColumn.repetition(nullableKeys, random), key.name());
            fields.add(
                    isInStruct(i)
                            ? Types.buildGroup(RandomColumn.repetition(nullableKeys, random))
                                    .addField(field)
                                    .named("s")
                            : field);
        }
        if (place == null && partitionedBy == BY_COLUMN_OF_ITS_OWN && partitionInSource) {
            fields.add(Form.TEXT.type(Repetition.OPTIONAL, "p"));
        }
        fields.addAll(payload.fields(hasAll));
        return new MessageType("row", fields);
    }

    private Group group(
            MessageType schema, Map<RandomColumn, Form> forms, Partition place, List<Object> key) {
        Group row = new SimpleGroup(schema);
        for (int i = 0; i < keys.size(); i++) {
            Object value = key.get(i);
            if (place != null && i == partitionedBy) {
                continue;
            }
            if (isInStruct(i)) {
                boolean absent =
                        value == null
                                && schema.getType("s").isRepetition(Repetition.OPTIONAL)
                                && random.nextBoolean();
                if (absent) {
                    continue;
                }
                addKey(row.addGroup("s"), keys.get(i), forms, value);
            } else {
                addKey(row, keys.get(i), forms, value);
            }
        }
        if (schema.containsField("p")) {
            String own = ownPartition(key);
            if (own != null) {
                row.add("p", own);
            }
        }
        payload.fill(row, random);
        return row;
    }

    private static void addKey(
            Group row, RandomColumn key, Map<RandomColumn, Form> forms, Object value) {
        if (value != null) {
            RandomColumn.add(row, key.name(), forms.get(key).raw(value));
        }
    }
}
