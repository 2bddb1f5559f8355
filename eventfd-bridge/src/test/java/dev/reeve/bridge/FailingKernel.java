package dev.reeve.bridge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// The real kernel, but for one call that fails.
final class FailingKernel {
    private FailingKernel() {}

    static Kernel at(String method, int errno) {
        Kernel real = new LinuxKernel();
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        throw new ErrnoException(method, errno);
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
