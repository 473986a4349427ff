package dev.whence.benchmarks.spark;

import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Bytes that tasks read from files, shuffles left out. */
final class TaskBytes extends SparkListener {
    private final LongAdder read = new LongAdder();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.taskMetrics() != null) {
            read.add(task.taskMetrics().inputMetrics().bytesRead());
        }
    }

    /** Since the last call. */
    long take() {
        return read.sumThenReset();
    }
}
