package dev.reeve.daemon.simulation;

import dev.reeve.bridge.ErrnoException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// All the luck of one simulation, from its seed. How bad a day it is differs from seed to seed, and in each respect.
final class Weather {
    private final Random random;
    private final double slowDisk;
    private final double failingCalls;
    private boolean fair = true;

    /// How many processes end by themselves, and how many do not end when asked to.
    final double mortality;

    final double stubbornness;

    Weather(long seed) {
        random = new Random(seed);
        slowDisk = oneOf(0.0, 0.1, 0.5);
        failingCalls = oneOf(0.0, 0.01, 0.1);
        mortality = oneOf(0.1, 0.5, 0.9);
        stubbornness = oneOf(0.1, 0.5, 0.8);
    }

    /// From now on things may go wrong.
    void turnsBad() {
        fair = false;
    }

    /// Nothing goes wrong from now on.
    void turnsFair() {
        fair = true;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// A time of any order of magnitude between the two.
    Duration between(Duration least, Duration most) {
        double exponent = random.nextDouble() * Math.log((double) most.toNanos() / least.toNanos());
        return Duration.ofNanos((long) (least.toNanos() * Math.exp(exponent)));
    }

    /// How long something takes that waits for a disk or a processor: next to nothing, as a rule.
    Duration delay() {
        return !fair && chance(slowDisk)
                ? between(Duration.ofMillis(1), Duration.ofSeconds(12))
                : between(Duration.ofNanos(5_000), Duration.ofNanos(100_000));
    }

    /// The system call fails, with one of these, if it is that kind of day.
    void mayFail(String call, Integer... errnos) throws ErrnoException {
        if (!fair && chance(failingCalls)) {
            throw new ErrnoException(call, oneOf(errnos));
        }
    }
}
