package dev.whence.indexer;

import dev.whence.catalog.Instruction.Kind;
import dev.whence.catalog.Operations;
import dev.whence.catalog.TakedownProgress;
import dev.whence.catalog.Version;
import java.util.List;
import java.util.Optional;

/** Brings what a version says of takedowns to the next one. */
final class TakedownSteps {
    private TakedownSteps() {}

    /**
     * What it says.
     *
     * @param waiting whether rows that are taken down wait in it, and did not before
     */
    static TakedownProgress after(
            Plan plan,
            Ready ready,
            Base base,
            Instructed instructed,
            List<Intake> intakes,
            boolean waiting) {
        TakedownProgress progress = base.takedowns().under(plan.rules().number());
        if (progress.rules() == 0) {
            return TakedownProgress.NONE;
        }
        if (waiting || bringsBack(instructed.operations())) {
            return progress.broughtBackIn(plan.version());
        }
        if (intakes.stream().anyMatch(intake -> intake.rowsTakenDown() > 0)) {
            progress = progress.leftOutIn(plan.version());
        }
        Optional<Cleared> cleared = ready.cleared();
        return cleared.isEmpty()
                ? progress
                : progress.purged(
                        cleared.get().rules(),
                        cleared.get().version(),
                        base.version().map(Version::deletedUpTo).orElse(0L));
    }

    /** Whether steps wait again, or old files are live again, that were looked through before. */
    private static boolean bringsBack(Operations operations) {
        return operations.instruction() != null
                && operations.refused() == null
                && (operations.instruction().kind() == Kind.ROLLBACK
                        || operations.instruction().kind() == Kind.REPLAY);
    }
}
