package dev.whence.indexer;

import dev.whence.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store of whose calls a test is told, by the name of the method and the key. */
final class WatchedStore {
    private WatchedStore() {}

    /** Told before or after a call. */
    interface Watch {
        Watch NONE = (method, key) -> {};

        void of(String method, String key) throws Exception;
    }

    static ObjectStore of(ObjectStore store, Watch before, Watch after) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (proxy, method, arguments) -> {
                            if (arguments == null) {
                                return null;
                            }
                            before.of(method.getName(), (String) arguments[0]);
                            try {
                                Object result = method.invoke(store, arguments);
                                after.of(method.getName(), (String) arguments[0]);
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
