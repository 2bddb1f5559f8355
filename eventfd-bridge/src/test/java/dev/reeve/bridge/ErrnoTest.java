package dev.reeve.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ErrnoTest {
    @Test
    void anErrorIsDescribedInWordsAndByItsName() {
        assertEquals("No such file or directory (ENOENT)", Errno.describe(Errno.ENOENT));
    }

    @Test
    void anUnknownErrorIsDescribedByItsNumber() {
        assertEquals("Error 4711", Errno.describe(4711));
    }

    @Test
    void anExceptionSaysWhichCallFailedAndWhy() {
        ErrnoException failure = new ErrnoException("open run/reeve", Errno.EACCES);
        assertEquals("open run/reeve: Permission denied (EACCES)", failure.getMessage());
        assertEquals(Errno.EACCES, failure.errno());
    }
}
