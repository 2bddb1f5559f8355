package dev.reeve.daemon.boot;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Machine;
import dev.reeve.bridge.Machine.Ending;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.OptionalInt;

/// Goes through the end of this machine without doing any of it, so that Java has loaded and linked all that the
/// end needs: when it comes, the disk with the jars may not answer any more, and nobody wants to wait for it
/// either.
public final class Rehearsal {
    private Rehearsal() {}

    /// May block, on a disk and on /proc.
    public static void hold(Kernel kernel, InitOptions options) throws ErrnoException {
        Machine stage = stage();
        TheEnd.Remains remains = withoutScript(new LinuxRemains(kernel, stage, options, List.of()));
        new TheEnd(stage, remains, EndLimits.USUAL, System::nanoTime, _ -> {}).come(Ending.HALT);
    }

    /// A machine on which everything is done at once, and nothing happens.
    private static Machine stage() {
        return (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (_, method, _) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == boolean.class) {
                        return false;
                    }
                    if (answer == int.class) {
                        return 0;
                    }
                    return answer == OptionalInt.class ? OptionalInt.empty() : null;
                });
    }

    private static TheEnd.Remains withoutScript(TheEnd.Remains real) {
        return new TheEnd.Remains() {
            @Override
            public boolean haveDisks() {
                return real.haveDisks();
            }

            @Override
            public List<String> survivors() throws Exception {
                return real.survivors();
            }

            @Override
            public long unwrittenBytes() throws Exception {
                return real.unwrittenBytes();
            }

            @Override
            public List<String> swaps() throws Exception {
                return real.swaps();
            }

            @Override
            public String mounts() throws Exception {
                return real.mounts();
            }

            @Override
            public boolean runFinalScript() {
                return true;
            }
        };
    }
}
