package dev.whence.store;

import java.util.concurrent.atomic.LongAdder;

/** Counts and times one operation of a store. Thread-safe. */
final class OperationTally {
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    interface Question<T> {
        T ask() throws ObjectStoreException;
    }

    interface Order {
        void give() throws ObjectStoreException;
    }

    <T> T answer(Question<T> question) throws ObjectStoreException {
        long started = System.nanoTime();
        try {
            return question.ask();
        } catch (ObjectNotFoundException | RangeNotSatisfiableException e) {
            throw e; // an answer like any other
        } catch (ObjectStoreException | RuntimeException e) {
            failures.increment();
            throw e;
        } finally {
            calls.increment();
            nanos.add(System.nanoTime() - started);
        }
    }

    void obey(Order order) throws ObjectStoreException {
        answer(() -> {
            order.give();
            return true;
        });
    }

    OperationCounts counts() {
        return new OperationCounts(calls.sum(), failures.sum(), nanos.sum());
    }
}
