package dev.reeve.daemon.simulation;

import dev.reeve.bridge.ErrnoException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// Stands between the daemon and what is beneath it, and has some of the calls fail while it is armed.
abstract class Fault {
    private boolean armed;

    final void arm() {
        armed = true;
    }

    final void disarm() {
        armed = false;
    }

    /// The same object, but for what fails.
    final <T> T between(Class<T> seam, T real) {
        InvocationHandler handler = (_, method, arguments) -> {
            if (armed) {
                meet(method.getName());
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return seam.cast(Proxy.newProxyInstance(seam.getClassLoader(), new Class<?>[] {seam}, handler));
    }

    /// A call is about to be made; throws instead, if it is to fail.
    abstract void meet(String call) throws ErrnoException;
}
