package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jnr.constants.Constant;
import jnr.constants.ConstantSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Our constants of libc beside those that JNR-POSIX has for this platform, under the same names.
class LibcConstantsTest {
    private static final List<String> SETS = List.of(
            "AddressFamily",
            "Errno",
            "Fcntl",
            "IPProto",
            "OpenFlags",
            "PRIO",
            "RLIMIT",
            "Sock",
            "SocketLevel",
            "SocketMessage",
            "SocketOption",
            "WaitFlags");

    @Test
    void whatBothKnowIsTheSame() {
        List<Executable> comparisons = Stream.of(Libc.class, LibcMachine.class, Errno.class)
                .flatMap(our -> Stream.of(our.getDeclaredFields()))
                .filter(LibcConstantsTest::isNumber)
                .flatMap(LibcConstantsTest::comparisons)
                .toList();

        assertTrue(comparisons.size() > 40, "only " + comparisons.size() + " are known to both");
        assertAll(comparisons);
    }

    private static boolean isNumber(Field field) {
        return Modifier.isStatic(field.getModifiers())
                && (field.getType() == int.class || field.getType() == short.class);
    }

    private static Stream<Executable> comparisons(Field field) {
        field.setAccessible(true);
        List<Executable> comparisons = new ArrayList<>();
        for (String set : SETS) {
            Constant theirs = ConstantSet.getConstantSet(set).getConstant(field.getName());
            if (theirs != null && theirs.defined()) {
                comparisons.add(() ->
                        assertEquals(theirs.longValue(), ((Number) field.get(null)).longValue(), field.getName()));
            }
        }
        return comparisons.stream();
    }
}
