package dev.reeve.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reeve.daemon.DaemonOptions.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvscanOptionsTest {

    @Test
    void withoutOptionsItIsAsS6SvscanHasIt() throws UsageException {
        SvscanOptions options = parse("/run/service");
        assertEquals("/run/service", options.scan().directory());
        assertEquals(1000, options.scan().servicesMax());
        assertEquals(251, options.scan().nameMax());
        assertEquals(Optional.empty(), options.scan().every());
        assertEquals(OptionalInt.empty(), options.scan().console());
        assertEquals(OptionalInt.empty(), options.notification());
        assertEquals(Path.of("").toAbsolutePath().toString(), parse().scan().directory());
    }

    @Test
    void anOptionsNumberIsBehindItOrInIt() throws UsageException {
        SvscanOptions options = parse("-d", "3", "-X4", "-C", "8", "-L12", "-t", "1500", "/run/service");
        assertEquals(OptionalInt.of(3), options.notification());
        assertEquals(OptionalInt.of(4), options.scan().console());
        assertEquals(8, options.scan().servicesMax());
        assertEquals(12, options.scan().nameMax());
        assertEquals(Optional.of(Duration.ofMillis(1500)), options.scan().every());
        assertEquals("/run/service", options.scan().directory());
    }

    @Test
    void theFirstWordThatIsNoOptionIsTheDirectory() throws UsageException {
        assertEquals("/a", parse("/a", "-C", "x").scan().directory());
        assertEquals("/-b", parse("--", "/-b").scan().directory());
        assertEquals(
                Path.of("-c").toAbsolutePath().toString(),
                parse("--", "-c").scan().directory());
    }

    @ParameterizedTest
    @CsvSource({"-C 1, 4", "-C 200000, 160000", "-C 100, 100", "-c 10, 20", "-c 900000000, 160000", "-c 1, 4"})
    void thereIsRoomForAtLeastFourAndAtMost160000(String option, int servicesMax) throws UsageException {
        assertEquals(servicesMax, parse(option.split(" ", -1)).scan().servicesMax());
    }

    @ParameterizedTest
    @CsvSource({"-L 1, 11", "-L 5000, 1019", "-L 20, 20"})
    void namesHaveAtLeastElevenAndAtMost1019Bytes(String option, int nameMax) throws UsageException {
        assertEquals(nameMax, parse(option.split(" ", -1)).scan().nameMax());
    }

    @Test
    void zeroIsNoDescriptorAndNoScan() throws UsageException {
        SvscanOptions options = parse("-d", "0", "-X", "0", "-t", "0");
        assertEquals(OptionalInt.empty(), options.notification());
        assertEquals(OptionalInt.empty(), options.scan().console());
        assertEquals(Optional.empty(), options.scan().every());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d 2", "-X 1", "-d", "-C x", "-C -1", "-L +3", "-t 1.5", "-Z", "-S", "-d3x", "--scan /x"})
    void whatIsNoOptionIsRefused(String words) {
        assertThrows(UsageException.class, () -> parse(words.split(" ", -1)));
    }

    @Test
    void itsRunDirectoryIsInTheScanDirectory() throws UsageException {
        DaemonOptions options = DaemonOptions.inPlaceOfS6Svscan(parse("/run/service"));
        assertEquals(Path.of("/run/service/.s6-svscan/reeve"), options.runDirectory());
        assertEquals(Path.of("/run/service/.s6-svscan/reeve/control.sock"), options.socket());
        assertEquals(Optional.of(Path.of("/run/service")), options.scanDirectory());
        assertEquals(options.svscan().map(SvscanOptions::scan), options.scan());
    }

    private static SvscanOptions parse(String... words) throws UsageException {
        return SvscanOptions.parse(List.of(words));
    }
}
