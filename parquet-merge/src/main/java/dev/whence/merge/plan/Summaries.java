package dev.whence.merge.plan;

import dev.whence.merge.MergeRequest;
import dev.whence.merge.PlanSummary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Says what a plan is. */
public final class Summaries {
    private Summaries() {}

    public static PlanSummary of(Planned plan, MergeRequest request, Choice choice) {
        boolean rewrites = !request.strategy().onlyAdds();
        return new PlanSummary(
                request.strategy().text(),
                request.rewriteMode().text(),
                choice.mode().text(),
                choice.reason(),
                plan.isComplete(),
                plan.source().rows(),
                plan.source().duplicates(),
                plan.matches().matchedKeys(),
                plan.matches().rows(),
                steps(plan.files(), rewrites),
                plan.files().stream().map(file -> file(file, rewrites)).toList(),
                choice.chosen().read(),
                choice.chosen().write(),
                choice.chosen().encode(),
                choice.full().encode());
    }

    private static PlanSummary.File file(FilePlan file, boolean rewrites) {
        return new PlanSummary.File(
                file.file().key(),
                rewrites && file.isAffected(),
                file.rowGroups().stream().map(group -> group.reason().text()).distinct().toList(),
                file.rows(),
                file.rowGroups().stream().mapToLong(RowGroupPlan::matchedRows).sum(),
                file.file().bytes());
    }

    private static List<PlanSummary.Step> steps(List<FilePlan> files, boolean rewrites) {
        Map<Reason, long[]> sums = new EnumMap<>(Reason.class);
        for (FilePlan file : files) {
            Map<Reason, Boolean> met = new EnumMap<>(Reason.class);
            for (RowGroupPlan group : file.rowGroups()) {
                long[] sum = sums.computeIfAbsent(group.reason(), _ -> new long[4]);
                sum[0] += met.put(group.reason(), true) == null ? 1 : 0;
                sum[1]++;
                sum[2] += group.rows();
                sum[3] += group.bytes();
            }
        }
        List<PlanSummary.Step> steps = new ArrayList<>();
        sums.forEach((reason, sum) ->
                steps.add(
                        new PlanSummary.Step(
                                reason.text(),
                                rewrites && reason.isAffected(),
                                sum[0],
                                sum[1],
                                sum[2],
                                sum[3])));
        return steps;
    }
}
