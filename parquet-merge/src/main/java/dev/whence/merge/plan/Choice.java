package dev.whence.merge.plan;

import dev.whence.merge.MergeRequest;
import dev.whence.merge.RewriteMode;

/**
 * Which mode is carried out, and why.
 *
 * @param mode full or incremental
 */
public record Choice(RewriteMode mode, String reason, Estimate chosen, Estimate full) {

    /** Chooses. */
    public static Choice of(Planned plan, MergeRequest request, double fullFrom) {
        Estimate full = Estimate.ofFull(plan.files());
        Estimate incremental = Estimate.ofIncremental(plan.files(), request.strategy());
        if (request.strategy().onlyAdds()) {
            return new Choice(
                    RewriteMode.INCREMENTAL,
                    request.strategy().text() + " rewrites no file",
                    new Estimate(0, 0, 0),
                    full);
        }
        return switch (request.rewriteMode()) {
            case FULL -> new Choice(RewriteMode.FULL, "asked for", full, full);
            case INCREMENTAL -> new Choice(RewriteMode.INCREMENTAL, "asked for", incremental, full);
            case AUTO -> {
                if (!request.strategy().canBeIncremental()) {
                    yield new Choice(
                            RewriteMode.FULL,
                            request.strategy().text() + " looks at every row",
                            full,
                            full);
                }
                boolean few = incremental.encode() <= fullFrom * full.encode();
                String share =
                        "incremental would encode %,d of %,d bytes, %s %.0f %% of them"
                                .formatted(
                                        incremental.encode(),
                                        full.encode(),
                                        few ? "at most" : "more than",
                                        fullFrom * 100);
                yield few
                        ? new Choice(RewriteMode.INCREMENTAL, share, incremental, full)
                        : new Choice(RewriteMode.FULL, share, full, full);
            }
        };
    }
}
