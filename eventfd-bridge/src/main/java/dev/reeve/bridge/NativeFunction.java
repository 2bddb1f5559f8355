package dev.reeve.bridge;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;

/// A function of glibc whose arguments and result are integers, up to six of them: called through jffi, which is what
/// JNR-POSIX itself stands on. What each wants is known by those who name it ([Libc]).
///
/// An `int` travels as a `long`, as both architectures pass it in a register of 64 bits; the upper half of a result
/// that is an `int` means nothing, and is cut off by its cast. [Libc#errno] is what the call left behind.
class NativeFunction {
    private static final int ARGUMENTS_MAX = 6;

    static {
        LibraryLogging.begin();
    }

    private static final Library LIBC = Library.getCachedInstance("libc.so.6", Library.LAZY);
    private static final Invoker INVOKER = Invoker.getInstance();
    private static final CallContext[] BY_ARGUMENTS = new CallContext[ARGUMENTS_MAX + 1];

    static {
        for (int arguments = 0; arguments <= ARGUMENTS_MAX; arguments++) {
            Type[] types = new Type[arguments];
            Arrays.fill(types, Type.SINT64);
            BY_ARGUMENTS[arguments] = new CallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
        }
    }

    private final long address;

    /// @throws UnsatisfiedLinkError if this libc has no such function
    NativeFunction(String name) {
        address = LIBC.getSymbolAddress(name);
        if (address == 0) {
            throw new UnsatisfiedLinkError("the C library has no " + name + ": reeve needs glibc 2.34 or later");
        }
    }

    long call() {
        return INVOKER.invokeL0(BY_ARGUMENTS[0], address);
    }

    long call(long a) {
        return INVOKER.invokeL1(BY_ARGUMENTS[1], address, a);
    }

    long call(long a, long b) {
        return INVOKER.invokeL2(BY_ARGUMENTS[2], address, a, b);
    }

    long call(long a, long b, long c) {
        return INVOKER.invokeL3(BY_ARGUMENTS[3], address, a, b, c);
    }

    long call(long a, long b, long c, long d) {
        return INVOKER.invokeL4(BY_ARGUMENTS[4], address, a, b, c, d);
    }

    long call(long a, long b, long c, long d, long e) {
        return INVOKER.invokeL5(BY_ARGUMENTS[5], address, a, b, c, d, e);
    }

    long call(long a, long b, long c, long d, long e, long f) {
        return INVOKER.invokeL6(BY_ARGUMENTS[6], address, a, b, c, d, e, f);
    }
}
