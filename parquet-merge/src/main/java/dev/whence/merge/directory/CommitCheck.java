package dev.whence.merge.directory;

import dev.whence.merge.directory.TableCommit.Added;
import dev.whence.merge.directory.TableCommit.Removed;
import java.util.HashSet;
import java.util.Set;

/** What a commit must hold true of itself, whoever wrote it. */
final class CommitCheck {
    private CommitCheck() {}

    /**
     * @throws IllegalArgumentException with what is wrong
     */
    static void require(TableCommit commit, long number) {
        require(commit.number() == number, "holds commit %d", commit.number());
        require(TablePaths.isMergeId(commit.mergeId()), "merge_id '%s'", commit.mergeId());
        for (String swept : commit.swept()) {
            require(TablePaths.isMergeId(swept), "swept '%s' is no merge id", swept);
        }
        Set<String> live = new HashSet<>();
        for (TableFile file : commit.live()) {
            requireData(file.path(), file.bytes());
            require(live.add(file.path()), "%s is live twice", file.path());
        }
        for (Added added : commit.added()) {
            requireBelow(added.staged(), TablePaths.staging(commit.mergeId()));
        }
        Set<String> removed = new HashSet<>();
        for (Removed file : commit.removed()) {
            requireData(file.path(), file.bytes());
            requireBelow(file.replaced(), TablePaths.replaced(number));
            require(!live.contains(file.path()), "%s is live and removed", file.path());
            require(removed.add(file.path()), "%s is removed twice", file.path());
        }
        for (String adopted : commit.adopted()) {
            require(live.contains(adopted), "%s is adopted and not live", adopted);
        }
    }

    private static void requireData(String path, long bytes) {
        require(TablePaths.isData(path), "%s is no data file", path);
        require(bytes >= 0, "%s: the number of its bytes is negative", path);
    }

    private static void requireBelow(String path, String folder) {
        require(
                path.startsWith(folder) && path.substring(folder.length()).matches("[0-9]{5,9}"),
                "%s: expected a number below " + folder,
                path);
    }

    private static void require(boolean holds, String problem, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(problem.formatted(found));
        }
    }
}
