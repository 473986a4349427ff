package dev.whence.query;

import dev.whence.store.ObjectStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store that lets a test in before each call: to count, to wait, to fail. */
public final class HookedStore {

    /** Runs before a call; what it throws is what the call throws. */
    public interface Hook {
        void before(String call, String key) throws Throwable;
    }

    private HookedStore() {}

    public static ObjectStore of(ObjectStore store, Hook hook) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (proxy, method, args) -> {
                            if (args != null && args[0] instanceof String key) {
                                hook.before(method.getName(), key);
                            }
                            try {
                                return method.invoke(store, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
