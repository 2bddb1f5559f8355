package dev.reeve.daemon.config;

import dev.reeve.daemon.service.RunSettings;
import dev.reeve.daemon.service.Signal;
import dev.reeve.daemon.service.StopSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads the files of a service directory (servicedir.html). A file that cannot be understood is complained of and
/// treated as absent, as s6 does.
public final class ServiceFileReader {
    static final String NOTIFICATION_FD = "notification-fd";
    static final String DOWN_SIGNAL = "down-signal";
    static final String RELOAD_SIGNAL = "reload-signal";
    static final String TIMEOUT_KILL = "timeout-kill";
    static final String TIMEOUT_FINISH = "timeout-finish";
    static final String WATCHDOG = "watchdog";
    static final String FD_STORE = "fd-store";
    private static final int STORED_MAX = 512;
    public static final String MAX_DEATH_TALLY = "max-death-tally";
    static final String FLAG_KILLPG = "flag-timeout-killpg";
    private static final String FINISH = "finish";
    private static final int DEATH_TALLY_DEFAULT = 100;
    private static final int DEATH_TALLY_MAX = 4_096;
    private static final Duration TIMEOUT_FINISH_DEFAULT = Duration.ofSeconds(5);

    private final SettingTexts settings;
    private final int descriptorsMax;

    /// `descriptorsMax` is the limit that the service's descriptor numbers stay below (RLIMIT_NOFILE).
    public ServiceFileReader(ServiceFiles files, long descriptorsMax) {
        this.settings = new SettingTexts(files);
        this.descriptorsMax = (int) Math.min(descriptorsMax, Integer.MAX_VALUE);
    }

    /// What was wrong with the files that were asked for so far, each told once however often it was asked for.
    public List<Complaint> complaints() {
        return settings.complaints();
    }

    /// The descriptor on which `run` announces that it is ready, if it does.
    public OptionalInt notificationFd() {
        Optional<Long> number =
                settings.number(NOTIFICATION_FD, "a descriptor number such as 3; readiness is not waited for");
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        long fd = number.get();
        if (fd < 1 || fd >= descriptorsMax) {
            settings.complain(
                    NOTIFICATION_FD,
                    fd + " cannot be the descriptor: it must be from 1 to " + (descriptorsMax - 1)
                            + ", for example 3; readiness is not waited for");
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) fd);
    }

    /// What `run` is executed with.
    public LaunchSettings launchSettings() {
        return new LaunchSettingsReader(settings, descriptorsMax).read();
    }

    /// The sockets that `run` is handed, in the order of its descriptors. What is wrong is added to `refusals`: the
    /// service is not started then.
    public List<ListenSettings> listenSettings(List<Complaint> refusals) {
        return new ListenSettingsReader(settings.files(), refusals).read();
    }

    /// How many descriptors are kept for it from one run to the next.
    public int storedDescriptorsMax() {
        int max = settings.numberBetween(FD_STORE, 0, STORED_MAX, "nothing is kept")
                .orElse(0);
        if (max > 0 && launchSettings().notifySocket().isEmpty()) {
            settings.complain(
                    FD_STORE, "it stores descriptors by its notify-socket, and there is none; nothing is kept");
            return 0;
        }
        return max;
    }

    /// What matters while `run` runs.
    public RunSettings runSettings() {
        boolean announcesReadiness =
                notificationFd().isPresent() || settings.files().has(LaunchSettingsReader.NOTIFY_SOCKET);
        return new RunSettings(
                announcesReadiness, new RestartSettingsReader(settings).read(), stopSettings(), silenceMax());
    }

    /// How long `run` may be silent while it is up; empty: as long as it likes.
    private Optional<Duration> silenceMax() {
        Optional<Duration> silenceMax = timeout(WATCHDOG, Duration.ZERO);
        if (silenceMax.isPresent() && !settings.files().has(LaunchSettingsReader.NOTIFY_SOCKET)) {
            settings.complain(
                    WATCHDOG, "it needs a file notify-socket, by which the service is heard; it is not watched");
            return Optional.empty();
        }
        return silenceMax;
    }

    /// How to stop `run`.
    public StopSettings stopSettings() {
        return new StopSettings(
                signal(DOWN_SIGNAL, Signal.TERM),
                timeout(TIMEOUT_KILL, Duration.ZERO),
                settings.files().has(FLAG_KILLPG));
    }

    /// The signal that has `run` read its configuration again.
    public Signal reloadSignal() {
        return signal(RELOAD_SIGNAL, Signal.HUP);
    }

    public boolean hasFinish() {
        return settings.files().has(FINISH);
    }

    /// How long `finish` may take; empty: as long as it likes.
    public Optional<Duration> finishTimeout() {
        return timeout(TIMEOUT_FINISH, TIMEOUT_FINISH_DEFAULT);
    }

    /// How many of its ends are remembered in `supervise/death_tally`.
    public int deathTallyMax() {
        Optional<Long> number = settings.number(
                MAX_DEATH_TALLY, "a number of ends such as 100; the last " + DEATH_TALLY_DEFAULT + " are remembered");
        return (int) Math.min(number.orElse((long) DEATH_TALLY_DEFAULT), DEATH_TALLY_MAX);
    }

    private Signal signal(String file, Signal otherwise) {
        Optional<String> line = settings.firstLine(file);
        if (line.isEmpty()) {
            return otherwise;
        }
        Optional<Signal> signal = Signal.parse(line.get().strip());
        if (signal.isEmpty()) {
            settings.complain(
                    file,
                    SettingTexts.quoted(line.get()) + " is not a signal such as " + otherwise + " or "
                            + otherwise.number() + "; " + otherwise + " is used");
        }
        return signal.orElse(otherwise);
    }

    /// Milliseconds, of which 0 means no limit.
    private Optional<Duration> timeout(String file, Duration otherwise) {
        if (!settings.has(file)) {
            return otherwise.isZero() ? Optional.empty() : Optional.of(otherwise);
        }
        String usual = otherwise.isZero() ? "there is no limit" : "the limit is " + otherwise.toMillis();
        return settings.number(file, "a number of milliseconds such as 10000; " + usual)
                .map(Duration::ofMillis)
                .or(() -> Optional.of(otherwise))
                .filter(duration -> !duration.isZero());
    }
}
