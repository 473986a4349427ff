package dev.whence.benchmarks;

import dev.whence.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The ranged reads that were made of a store, to be made again with nothing around them. */
final class RecordedRanges {
    private final ObjectStore store;
    private final ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();

    record Read(String key, long offset, int length) {}

    RecordedRanges(ObjectStore store) {
        this.store = store;
    }

    /** The store, recorded. */
    ObjectStore recorded() {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (proxy, method, args) -> {
                            if (method.getName().equals("getRange")) {
                                reads.add(
                                        new Read(
                                                (String) args[0],
                                                (Long) args[1],
                                                (Integer) args[2]));
                            }
                            try {
                                return method.invoke(store, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    /** What was read since the last time. */
    List<Read> take() {
        var taken = new ArrayList<Read>();
        for (Read read = reads.poll(); read != null; read = reads.poll()) {
            taken.add(read);
        }
        return taken;
    }

    /** Makes some reads, side by side if they are several; how many bytes came. */
    static long again(ObjectStore store, List<Read> reads) throws Exception {
        if (reads.size() == 1) {
            return bytes(store, reads.getFirst());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var pending = new ArrayList<Future<Long>>();
            for (Read read : reads) {
                Callable<Long> get = () -> bytes(store, read);
                pending.add(threads.submit(get));
            }
            long bytes = 0;
            for (Future<Long> each : pending) {
                bytes += each.get();
            }
            return bytes;
        }
    }

    private static long bytes(ObjectStore store, Read read) throws Exception {
        return store.getRange(read.key(), read.offset(), read.length()).length;
    }
}
