package dev.reeve.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.StopSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceFileReaderTest {
    private static final long DESCRIPTORS_MAX = 1024;

    @Test
    void aDirectoryWithRunAloneHasTheDefaultsOfS6() {
        ServiceFileReader reader = new ServiceFileReader(new ServiceFiles(Set.of("run"), Map.of()), DESCRIPTORS_MAX);
        assertEquals(RunSettings.DEFAULT, reader.runSettings());
        assertEquals(Optional.of(Duration.ofSeconds(5)), reader.finishTimeout());
        assertFalse(reader.hasFinish());
        assertEquals(List.of(), reader.complaints());
    }

    @Test
    void ofFinishOnlyTheExistenceMatters() {
        assertTrue(new ServiceFileReader(new ServiceFiles(Set.of("run", "finish"), Map.of()), 3).hasFinish());
    }

    @Test
    void everyFileThatIsWrongIsComplainedOfOnce() {
        Map<String, String> texts = Map.of("notification-fd", "three", "timeout-kill", "-1", "down-signal", "");
        ServiceFileReader reader = new ServiceFileReader(new ServiceFiles(texts.keySet(), texts), DESCRIPTORS_MAX);
        assertEquals(RunSettings.DEFAULT, reader.runSettings());
        assertEquals(OptionalInt.empty(), reader.notificationFd());
        assertEquals(
                List.of("notification-fd", "down-signal", "timeout-kill"),
                reader.complaints().stream().map(Complaint::file).toList());
    }

    @Nested
    class NotificationFd {
        @ParameterizedTest
        @CsvSource({"3, 3", "1, 1", "1023, 1023", "007, 7"})
        void isADescriptorNumberBelowTheServicesLimit(String text, int fd) {
            ServiceFileReader reader = reader("notification-fd", text);
            assertEquals(OptionalInt.of(fd), reader.notificationFd());
            assertTrue(reader.runSettings().announcesReadiness());
            assertEquals(List.of(), reader.complaints());
        }

        @Test
        void onlyTheFirstLineCounts() {
            assertEquals(
                    OptionalInt.of(3),
                    reader("notification-fd", "3\nthe rest is a remark\n").notificationFd());
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "1024", "9999999999"})
        void aNumberThatCannotBeADescriptorIsComplainedOf(String text) {
            ServiceFileReader reader = reader("notification-fd", text);
            assertEquals(OptionalInt.empty(), reader.notificationFd());
            assertFalse(reader.runSettings().announcesReadiness());
            assertComplaint(
                    "notification-fd: " + text + " cannot be the descriptor: it must be from 1 to 1023, for example 3;"
                            + " readiness is not waited for",
                    reader);
        }

        @ParameterizedTest
        @ValueSource(strings = {"fd3", "-1", "+3", "0x3", " 3", "3 ", "3\r", "12345678901"})
        void whatIsNotANumberIsComplainedOf(String text) {
            ServiceFileReader reader = reader("notification-fd", text + "\n");
            assertEquals(OptionalInt.empty(), reader.notificationFd());
            assertComplaint(
                    "notification-fd: \"" + text.replace('\r', '?') + "\" is not a descriptor number such as 3;"
                            + " readiness is not waited for",
                    reader);
        }
    }

    @Nested
    class DownSignal {
        @ParameterizedTest
        @CsvSource({"SIGINT, 2", "INT, 2", "hup, 1", "10, 10", "SIGRTMIN+3, 37", "' QUIT ', 3"})
        void isANameOrANumber(String text, int number) {
            ServiceFileReader reader = reader("down-signal", text + "\nno matter\n");
            assertEquals(new StopSettings(new Signal(number), Optional.empty(), false), reader.stopSettings());
            assertEquals(List.of(), reader.complaints());
        }

        @ParameterizedTest
        @ValueSource(strings = {"SIGFOO", "0", "65", "TERM now"})
        void whatIsNoSignalIsComplainedOf(String text) {
            ServiceFileReader reader = reader("down-signal", text);
            assertEquals(StopSettings.DEFAULT, reader.stopSettings());
            assertComplaint(
                    "down-signal: \"" + text + "\" is not a signal such as SIGTERM or 15; SIGTERM is used", reader);
        }
    }

    @Nested
    class ReloadSignal {
        @Test
        void isSighupWhereThereIsNone() {
            assertEquals(Signal.HUP, reader("down-signal", "INT").reloadSignal());
        }

        @Test
        void isANameOrANumber() {
            assertEquals(new Signal(10), reader("reload-signal", "USR1\n").reloadSignal());
        }

        @Test
        void whatIsNoSignalIsComplainedOf() {
            ServiceFileReader reader = reader("reload-signal", "again");
            assertEquals(Signal.HUP, reader.reloadSignal());
            assertComplaint("reload-signal: \"again\" is not a signal such as SIGHUP or 1; SIGHUP is used", reader);
        }
    }

    @Nested
    class TimeoutKill {
        @Test
        void isInMilliseconds() {
            ServiceFileReader reader = reader("timeout-kill", "2500\n");
            assertEquals(
                    new StopSettings(Signal.TERM, Optional.of(Duration.ofMillis(2500)), false), reader.stopSettings());
            assertEquals(List.of(), reader.complaints());
        }

        @Test
        void zeroMeansNever() {
            ServiceFileReader reader = reader("timeout-kill", "0\n");
            assertEquals(StopSettings.DEFAULT, reader.stopSettings());
            assertEquals(List.of(), reader.complaints());
        }

        @ParameterizedTest
        @ValueSource(strings = {"5s", "2.5", "-1", "99999999999", "\u0661"})
        void whatIsNotANumberIsComplainedOf(String text) {
            ServiceFileReader reader = reader("timeout-kill", text);
            assertEquals(StopSettings.DEFAULT, reader.stopSettings());
            assertComplaint(
                    "timeout-kill: \"" + text + "\" is not a number of milliseconds such as 10000; there is no limit",
                    reader);
        }

        @Test
        void anEmptyFileIsComplainedOf() {
            ServiceFileReader reader = reader("timeout-kill", "\n");
            assertEquals(StopSettings.DEFAULT, reader.stopSettings());
            assertComplaint(
                    "timeout-kill: an empty line is not a number of milliseconds such as 10000; there is no limit",
                    reader);
        }
    }

    @Nested
    class NotifySocket {
        @ParameterizedTest
        @CsvSource({"'', ALL", "'\n', ALL", "all, ALL", "main, MAIN", "exec, MAIN"})
        void saysWhoIsListenedToAndThatReadinessIsAnnounced(String text, NotifyAccess access) {
            ServiceFileReader reader = reader("notify-socket", text);
            assertEquals(Optional.of(access), reader.launchSettings().notifySocket());
            assertTrue(reader.runSettings().announcesReadiness());
            assertEquals(List.of(), reader.complaints());
        }

        @Test
        void whatItCannotMeanIsComplainedOfAndEverybodyIsListenedTo() {
            ServiceFileReader reader = reader("notify-socket", "none\n");
            assertEquals(Optional.of(NotifyAccess.ALL), reader.launchSettings().notifySocket());
            assertComplaint(
                    "notify-socket: \"none\" is not all, main or exec; every process of it is listened to", reader);
        }

        @Test
        void thereIsNoneWithoutTheFile() {
            assertEquals(
                    Optional.empty(),
                    reader("down-signal", "INT").launchSettings().notifySocket());
        }
    }

    @Nested
    class WatchdogFile {
        @Test
        void isInMilliseconds() {
            ServiceFileReader reader = new ServiceFileReader(
                    new ServiceFiles(
                            Set.of("watchdog", "notify-socket"), Map.of("watchdog", "2500\n", "notify-socket", "")),
                    1024);
            assertEquals(
                    Optional.of(Duration.ofMillis(2500)), reader.runSettings().silenceMax());
            assertEquals(List.of(), reader.complaints());
        }

        @Test
        void needsANotifySocket() {
            ServiceFileReader reader = reader("watchdog", "2500\n");
            assertEquals(Optional.empty(), reader.runSettings().silenceMax());
            assertComplaint(
                    "watchdog: it needs a file notify-socket, by which the service is heard; it is not watched",
                    reader);
        }
    }

    @Test
    void flagTimeoutKillpgNeedOnlyExist() {
        assertTrue(new ServiceFileReader(new ServiceFiles(Set.of("run", "flag-timeout-killpg"), Map.of()), 3)
                .stopSettings()
                .killsGroup());
    }

    @Nested
    class TimeoutFinish {
        @Test
        void isInMilliseconds() {
            assertEquals(
                    Optional.of(Duration.ofMillis(1)),
                    reader("timeout-finish", "1").finishTimeout());
        }

        @Test
        void zeroMeansAsLongAsItLikes() {
            assertEquals(Optional.empty(), reader("timeout-finish", "0").finishTimeout());
        }

        @Test
        void whatIsNotANumberIsComplainedOf() {
            ServiceFileReader reader = reader("timeout-finish", "never");
            assertEquals(Optional.of(Duration.ofSeconds(5)), reader.finishTimeout());
            assertComplaint(
                    "timeout-finish: \"never\" is not a number of milliseconds such as 10000; the limit is 5000",
                    reader);
        }
    }

    @Test
    void aComplaintShowsNoMoreOfAFileThanATerminalCanTake() {
        ServiceFileReader reader = reader("timeout-finish", "\u001b[2J" + "x".repeat(4000));
        assertEquals(Optional.of(Duration.ofSeconds(5)), reader.finishTimeout());
        assertComplaint(
                "timeout-finish: \"?[2J" + "x".repeat(36) + "…\" is not a number of milliseconds such as 10000;"
                        + " the limit is 5000",
                reader);
    }

    private static ServiceFileReader reader(String file, String text) {
        return new ServiceFileReader(new ServiceFiles(Set.of("run", file), Map.of(file, text)), DESCRIPTORS_MAX);
    }

    private static void assertComplaint(String sentence, ServiceFileReader reader) {
        assertEquals(
                List.of(sentence),
                reader.complaints().stream().map(Complaint::toString).toList());
    }
}
