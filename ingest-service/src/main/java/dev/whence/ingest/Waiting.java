package dev.whence.ingest;

/** Waits of threads that have nobody to answer to but a tenure. */
final class Waiting {
    private static final long STEP_MILLIS = 50;

    private Waiting() {}

    static void sleep(Tenure tenure, long millis) throws AbandonedException {
        long end = System.nanoTime() + millis * 1_000_000;
        do {
            tenure.requireActive();
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AbandonedException("interrupted");
            }
        } while (System.nanoTime() - end < 0);
        tenure.requireActive();
    }
}
