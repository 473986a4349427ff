package dev.whence.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants that do the same work, in turn, round after round, so that whatever else the machine
 * does meets all of them alike. Printed are medians, and each one's ratio to the first.
 */
final class Contest {

    /**
     * One round of a contestant's work; what it returns is summed up, so that no compiler drops the
     * work.
     */
    interface Work {
        long run() throws Exception;
    }

    private final String title;
    private final String unit;
    private final long unitsPerRound;
    private final Map<String, Contestant> contestants = new LinkedHashMap<>();

    private record Contestant(long unitsPerRound, Work work) {}

    Contest(String title, long unitsPerRound, String unit) {
        this.title = title;
        this.unitsPerRound = unitsPerRound;
        this.unit = unit;
    }

    Contest add(String name, Work work) {
        return add(name, unitsPerRound, work);
    }

    /** One that is too slow for a whole round does so many units. */
    Contest add(String name, long units, Work work) {
        contestants.put(name, new Contestant(units, work));
        return this;
    }

    /** Runs and prints; returns the first contestant's median nanoseconds a unit. */
    double run(int warmUps, int rounds) throws Exception {
        Map<String, List<Double>> nanosPerUnit = new LinkedHashMap<>();
        long sum = 0;
        for (int round = -warmUps; round < rounds; round++) {
            for (var contestant : contestants.entrySet()) {
                long start = System.nanoTime();
                sum += contestant.getValue().work().run();
                double nanos =
                        (double) (System.nanoTime() - start)
                                / contestant.getValue().unitsPerRound();
                if (round >= 0) {
                    nanosPerUnit
                            .computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                            .add(nanos);
                }
            }
        }
        System.out.printf(
                "%n%s (%,d %s a round, median of %d, checksum %x)%n",
                title, unitsPerRound, unit, rounds, sum);
        double first = median(nanosPerUnit.values().iterator().next());
        nanosPerUnit.forEach((name, values) -> {
            double median = median(values);
            System.out.printf(
                    "  %-44s %,12.0f ns  %,14.0f %s/s  %6.2f x%n",
                    name, median, 1e9 / median, unit, median / first);
        });
        return first;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
