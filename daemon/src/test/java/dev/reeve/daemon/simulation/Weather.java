package dev.reeve.daemon.simulation;

import dev.reeve.bridge.ErrnoException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// All the luck of one simulation, from its seed. How bad a day it is differs from seed to seed, and in each respect.
final class Weather {
    private final Random random;
    private final double slowSpawning;
    private final double slowReading;
    private final double failingCalls;
    private final double pace;
    private boolean fair = true;

    /// How many commands are such as nobody would give.
    final double curiosity;

    /// How many processes end by themselves.
    final double mortality;

    /// How many do not end when they are asked to.
    final double stubbornness;

    /// How many, when killed, are in uninterruptible sleep.
    final double deepSleep;

    /// How many of those that can say how they are.
    final double talkativeness;

    /// How many `finish` say that their service has failed.
    final double despair;

    /// A day on which nothing goes wrong by itself, but that everybody takes their time to end.
    static Weather calm(long seed) {
        return new Weather(seed, true);
    }

    Weather(long seed) {
        this(seed, false);
    }

    private Weather(long seed, boolean calm) {
        random = new Random(seed);
        if (calm) {
            slowSpawning = slowReading = failingCalls = 0;
            pace = 0.1;
            stubbornness = 1;
            curiosity = mortality = deepSleep = despair = talkativeness = 0;
            return;
        }
        slowSpawning = oneOf(0.0, 0.1, 0.5);
        slowReading = oneOf(0.0, 0.9, 0.9, 0.9);
        failingCalls = oneOf(0.0, 0.01, 0.1);
        pace = oneOf(1.0, 0.1, 0.1);
        curiosity = oneOf(0.1, 0.9);
        mortality = oneOf(0.1, 0.5, 0.9);
        stubbornness = oneOf(0.1, 0.5, 0.9);
        deepSleep = oneOf(0.1, 0.9, 0.9);
        despair = oneOf(0.1, 0.9);
        talkativeness = oneOf(0.1, 0.9);
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

    /// How long a process takes for something, at the pace of this day.
    Duration lasting(Duration least, Duration most) {
        return paced(between(least, most));
    }

    /// So long, at the pace of this day.
    Duration paced(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * pace));
    }

    /// How long an errand waits for a spawner: next to nothing, as a rule.
    Duration queueing() {
        return delay(slowSpawning / 4, Duration.ofMillis(1));
    }

    /// How long a spawner that has spawned something takes to come home.
    Duration spawning() {
        return delay(slowSpawning, Duration.ofMillis(1));
    }

    /// How long a spawner that has only read something takes to come home.
    Duration reading() {
        return delay(slowReading, Duration.ofMillis(1_100));
    }

    private Duration delay(double probability, Duration least) {
        return !fair && chance(probability)
                ? between(least, Duration.ofSeconds(15))
                : between(Duration.ofNanos(5_000), Duration.ofNanos(100_000));
    }

    /// The system call fails, with one of these, if it is that kind of day.
    void mayFail(String call, Integer... errnos) throws ErrnoException {
        if (!fair && chance(failingCalls)) {
            throw new ErrnoException(call, oneOf(errnos));
        }
    }
}
