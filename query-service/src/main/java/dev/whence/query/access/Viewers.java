package dev.whence.query.access;

import java.util.Set;

/** Who may see a dataset. */
sealed interface Viewers {
    /** Whether a principal is among them; nobody special is called "". */
    boolean include(String principal);

    /** It is not restricted. */
    record Everybody() implements Viewers {
        @Override
        public boolean include(String principal) {
            return true;
        }
    }

    /** It is restricted to these. */
    record Only(Set<String> principals) implements Viewers {
        @Override
        public boolean include(String principal) {
            return principals.contains(principal);
        }
    }
}
