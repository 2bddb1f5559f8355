package dev.reeve.daemon.config;

import dev.reeve.daemon.service.RestartLimit;
import dev.reeve.daemon.service.RestartPolicy;
import dev.reeve.daemon.service.RestartRule;
import java.time.Duration;
import java.util.Optional;

/// Reads what follows when `run` ends and nobody had asked it to: reeve's own files `restart`, `restart-delay`,
/// `restart-delay-max` and `restart-limit`.
final class RestartSettingsReader {
    static final String RESTART = "restart";
    static final String DELAY = "restart-delay";
    static final String DELAY_MAX = "restart-delay-max";
    static final String LIMIT = "restart-limit";

    private static final RestartPolicy USUAL = RestartPolicy.DEFAULT;
    private static final int ENDS_MAX = 1_000;

    private final SettingTexts settings;

    RestartSettingsReader(SettingTexts settings) {
        this.settings = settings;
    }

    RestartPolicy read() {
        Duration delay = milliseconds(DELAY, USUAL.delay(), "such as 1000; the delay is ");
        return new RestartPolicy(rule(), delay, delayMax(delay), limit());
    }

    private RestartRule rule() {
        return settings.matching(
                        RESTART, "always|on-failure|never", "always, on-failure or never; it is always restarted")
                .map(RestartSettingsReader::rule)
                .orElse(USUAL.rule());
    }

    private static RestartRule rule(String text) {
        return switch (text) {
            case "never" -> RestartRule.NEVER;
            case "on-failure" -> RestartRule.ON_FAILURE;
            default -> RestartRule.ALWAYS;
        };
    }

    /// Whoever asks for a long delay and names no longest one means that delay.
    private Duration delayMax(Duration delay) {
        Duration usual = delay.compareTo(USUAL.delayMax()) > 0 ? delay : USUAL.delayMax();
        Duration delayMax = milliseconds(DELAY_MAX, usual, "such as 60000; the longest delay is ");
        if (delayMax.compareTo(delay) < 0) {
            settings.complain(
                    DELAY_MAX,
                    delayMax.toMillis() + " is less than the restart-delay; the longest delay is " + delay.toMillis());
            return delay;
        }
        return delayMax;
    }

    private Duration milliseconds(String file, Duration otherwise, String consequence) {
        if (!settings.has(file)) {
            return otherwise;
        }
        return settings.number(file, "a number of milliseconds " + consequence + otherwise.toMillis())
                .map(Duration::ofMillis)
                .orElse(otherwise);
    }

    private Optional<RestartLimit> limit() {
        Optional<String> text = settings.matching(
                LIMIT, "[0-9]{1,4}/[0-9]{1,8}", "a limit such as 5/60, which is 5 in 60 seconds; there is no limit");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int slash = text.get().indexOf('/');
        int ends = Integer.parseInt(text.get().substring(0, slash));
        int seconds = Integer.parseInt(text.get().substring(slash + 1));
        if (ends < 1 || ends > ENDS_MAX || seconds < 1) {
            settings.complain(
                    LIMIT,
                    text.get() + " is no limit: it must be from 1 to " + ENDS_MAX
                            + " in at least 1 second; there is no limit");
            return Optional.empty();
        }
        return Optional.of(new RestartLimit(ends, Duration.ofSeconds(seconds)));
    }
}
