package dev.reeve.cli.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    @Test
    void aReaderThatHasHadEnoughIsNoFailure() {
        ClientFailure gone = assertThrows(ReaderGone.class, () -> printTo("Broken pipe"));

        assertEquals(ExitCode.DONE, gone.exitCode());
    }

    @Test
    void whatElseKeepsItFromBeingWrittenIsSaid() {
        ClientFailure full = assertThrows(ClientFailure.class, () -> printTo("No space left on device"));

        assertEquals(ExitCode.FAILED, full.exitCode());
        assertEquals("standard output cannot be written: No space left on device", full.getMessage());
    }

    private static void printTo(String failure) throws ClientFailure {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int character) throws IOException {
                throw new IOException(failure);
            }
        };
        new Output(new StandardOutput(broken)).line("hello");
    }
}
