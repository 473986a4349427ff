package dev.whence.query.view;

import dev.whence.query.BoundedCache;
import dev.whence.query.QueryException;
import dev.whence.query.version.OpenVersion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Marks of what answers follow from: the version, who asks, which datasets of it he is shown, and
 * what is masked. Two answers to the same question with the same mark are the same. Of the access
 * rules nothing else goes in, so that one who is not concerned by a change sees none; and since
 * marks are keyed, nothing can be read from one, nor tried out. Thread-safe.
 */
final class Tags {
    private static final int MOST = 10_000;

    private final BoundedCache<Stamp, String> known = BoundedCache.ofCount(MOST);

    /** The mark of a view, in hex. */
    String of(View view) throws QueryException, IOException {
        return known.get(view.stamp(), () -> mark(view));
    }

    private static String mark(View view) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        OpenVersion version = view.version();
        Visibility visibility = view.visibility();
        out.writeLong(version.number());
        out.writeUTF(version.version().writer());
        out.writeBoolean(view.stamp().isForEverybody());
        out.writeBoolean(visibility.tellsSums());
        out.writeUTF(visibility.maskMark());
        for (Map.Entry<Integer, String> dataset : version.names().byId().entrySet()) {
            if (visibility.showsDataset(dataset.getKey())) {
                out.writeInt(dataset.getKey());
            }
        }
        return HexFormat.of().formatHex(view.seal().mark(bytes.toByteArray()));
    }
}
