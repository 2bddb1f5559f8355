package dev.reeve.daemon.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One message of sd_notify(3): assignments, a line each. What is not known, or says nothing that is, is passed over;
/// of an assignment that is there twice the first counts.
public final class Notification {
    /// The longest message that is understood.
    public static final int BYTES_MAX = 4096;

    private static final String YES = "1";
    private static final String NO = "0";
    private static final int NAME_MAX = 255;
    private static final int MICROS_DIGITS_MAX = 15;
    private static final int PID_DIGITS_MAX = 9;

    private final Map<String, String> assignments;

    private Notification(Map<String, String> assignments) {
        this.assignments = assignments;
    }

    /// The message, which ends at a NUL if there is one.
    public static Notification of(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        Map<String, String> assignments = new HashMap<>();
        for (String line : new String(bytes, 0, length, StandardCharsets.UTF_8).split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                assignments.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new Notification(assignments);
    }

    /// It has started, or has read its configuration again (`READY=1`).
    public boolean isReady() {
        return says("READY", YES);
    }

    /// It begins to read its configuration again (`RELOADING=1`).
    public boolean isReloading() {
        return says("RELOADING", YES);
    }

    /// It begins to end (`STOPPING=1`).
    public boolean isStopping() {
        return says("STOPPING", YES);
    }

    /// How it is, in its own words (`STATUS=`), which may be none.
    public Optional<String> status() {
        return Optional.ofNullable(assignments.get("STATUS"));
    }

    /// When it was sent, since the beginning of CLOCK_MONOTONIC (`MONOTONIC_USEC=`).
    public Optional<Duration> sentAt() {
        return micros("MONOTONIC_USEC");
    }

    /// Its main process (`MAINPID=`).
    public OptionalInt mainPid() {
        @Nullable String pid = assignments.get("MAINPID");
        return pid != null && isNumber(pid, PID_DIGITS_MAX)
                ? OptionalInt.of(Integer.parseInt(pid))
                : OptionalInt.empty();
    }

    /// It is alive (`WATCHDOG=1`).
    public boolean isAlive() {
        return says("WATCHDOG", YES);
    }

    /// It found a mistake of its own, and wants what its silence would lead to (`WATCHDOG=trigger`).
    public boolean hasFailed() {
        return says("WATCHDOG", "trigger");
    }

    /// How long it may be silent from now on (`WATCHDOG_USEC=`).
    public Optional<Duration> silenceMax() {
        return micros("WATCHDOG_USEC");
    }

    /// How much longer it needs for what is under way (`EXTEND_TIMEOUT_USEC=`).
    public Optional<Duration> extension() {
        return micros("EXTEND_TIMEOUT_USEC");
    }

    /// Its descriptors are to be kept for the next run (`FDSTORE=1`).
    public boolean storesDescriptors() {
        return says("FDSTORE", YES);
    }

    /// Those descriptors that have its name are kept no longer (`FDSTOREREMOVE=1`).
    public boolean removesDescriptors() {
        return says("FDSTOREREMOVE", YES);
    }

    /// The name of the descriptors that it stores or removes (`FDNAME=`): ASCII without control characters and colons.
    public Optional<String> descriptorName() {
        return Optional.ofNullable(assignments.get("FDNAME"))
                .filter(name -> name.length() <= NAME_MAX && name.chars().allMatch(Notification::isOfAName));
    }

    /// Whether descriptors that hang up or fail are kept no longer; `FDPOLL=0` says no.
    public boolean pollsDescriptors() {
        return !says("FDPOLL", NO);
    }

    /// Its sender waits until its descriptor is closed (`BARRIER=1`, sd_notify_barrier(3)). Anything else beside it
    /// means nothing.
    public boolean isBarrier() {
        return says("BARRIER", YES);
    }

    private boolean says(String name, String value) {
        return value.equals(assignments.get(name));
    }

    private Optional<Duration> micros(String name) {
        return Optional.ofNullable(assignments.get(name))
                .filter(text -> isNumber(text, MICROS_DIGITS_MAX))
                .map(Long::parseLong)
                .map(micros -> Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    private static boolean isNumber(String text, int digitsMax) {
        return !text.isEmpty() && text.length() <= digitsMax && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isOfAName(int character) {
        return character >= ' ' && character <= '~' && character != ':';
    }

    @Override
    public String toString() {
        return "Notification " + assignments.keySet();
    }
}
