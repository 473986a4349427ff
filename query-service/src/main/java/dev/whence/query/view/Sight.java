package dev.whence.query.view;

import dev.whence.query.CursorSeal;
import dev.whence.query.version.DatasetNames;

/**
 * How somebody looks at versions, before one is chosen: rules name datasets, and a version says
 * which ids have these names. Immutable and thread-safe.
 */
public interface Sight {

    /** What may be seen of a version with these datasets. */
    Visibility of(DatasetNames names);

    /** What cursors for whoever looks are sealed with. */
    CursorSeal seal();

    /** Shows of every version the same, where nobody has to be told from anybody else. */
    static Sight always(Visibility visibility) {
        return new Always(visibility);
    }

    /** Whatever the version. */
    record Always(Visibility visibility) implements Sight {
        @Override
        public Visibility of(DatasetNames names) {
            return visibility;
        }

        @Override
        public CursorSeal seal() {
            return CursorSeal.OPEN;
        }
    }
}
