package dev.reeve.daemon.s6;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reeve.daemon.s6.Input.FinishEnds;
import dev.reeve.daemon.s6.Input.Found;
import dev.reeve.daemon.s6.Input.LetterSent;
import dev.reeve.daemon.s6.Input.RunEnds;
import dev.reeve.daemon.s6.Input.RunIsReady;
import dev.reeve.daemon.s6.Input.SecondPasses;
import dev.reeve.daemon.s6.RealS6Supervise.Shown;
import dev.reeve.daemon.s6.S6Supervise.State;
import dev.reeve.daemon.s6.Seen.Announced;
import dev.reeve.daemon.s6.Seen.Signalled;
import dev.reeve.daemon.s6.Seen.Target;
import dev.reeve.daemon.service.ExitStatus.Exited;
import dev.reeve.daemon.service.ExitStatus.Killed;
import dev.reeve.daemon.service.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The model of s6-supervise that reeve is compared with is itself compared with Debian's s6-supervise: letters are
/// written to both as they come, and after each the status and the events are what the model says.
class S6SuperviseScenarioTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int WALKS = 8;
    private static final int LETTERS = 12;

    /// All that Debian's knows, but for those whose signals may leave a core.
    private static final String KNOWN = "aahkti12pcyrooodddduuuuDUOOQ";

    private final long seed = Long.getLong("seed", new Random().nextInt(Integer.MAX_VALUE));

    @TempDir
    private Path directory;

    @Test
    void debiansS6SuperviseDoesWhatTheModelSays() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/s6-supervise")), "s6 is not installed: bin/test installs it");
        System.out.println("Walks with Debian's s6-supervise, with the seed " + seed);
        try (ExecutorService walkers = Executors.newFixedThreadPool(WALKS)) {
            List<Callable<Integer>> walks = new ArrayList<>();
            for (int i = 0; i < WALKS; i++) {
                walks.add(new Walk(i));
            }
            for (Future<Integer> walk : walkers.invokeAll(walks)) {
                assertEquals(0, walk.get());
            }
        }
    }

    private final class Walk implements Callable<Integer> {
        private final int number;
        private final Random random;
        private final SampleDirectory sample;
        private final List<Input> inputs = new ArrayList<>();
        private final StringBuilder events = new StringBuilder();
        /// A stopped process gets them when it goes on, the lowest first.
        private final TreeSet<Signal> deadly = new TreeSet<>(Comparator.comparingInt(Signal::number));

        private boolean stopped;
        private S6Supervise model;
        private int second;

        Walk(int number) {
            this.number = number;
            random = new Random(seed + number);
            sample = SampleDirectory.of(number % 2 == 1, number / 2 % 2 == 1);
            Found found = new Found(false);
            inputs.add(found);
            model = new S6Supervise(sample, found, occasion(found));
        }

        @Override
        public Integer call() throws Exception {
            try (RealS6Supervise real = new RealS6Supervise(directory.resolve("walk-" + number), sample)) {
                react(model.seen());
                isAsTheModelSays(real);
                for (int i = 0; i < LETTERS; i++) {
                    next(real, KNOWN.charAt(random.nextInt(KNOWN.length())));
                }
                send(real, 'x');
                while (model.state() != State.GONE) {
                    next(real, 'k');
                }
                return real.exitCode();
            }
        }

        private void next(RealS6Supervise real, char letter) throws Exception {
            if (model.finishes() && random.nextInt(3) == 0) {
                int exitCode = random.nextBoolean() ? 125 : 0;
                real.endFinish(exitCode);
                takes(new FinishEnds(new Exited(exitCode)));
                isAsTheModelSays(real);
            } else {
                send(real, letter);
            }
        }

        private void send(RealS6Supervise real, char letter) throws Exception {
            real.send(letter);
            takes(new LetterSent(letter));
            isAsTheModelSays(real);
        }

        private void takes(Input input) {
            inputs.add(input);
            model.takes(occasion(input));
            react(model.seen());
        }

        private Occasion occasion(Input input) {
            return new Occasion(input, true, second, inputs.size());
        }

        /// What the processes do when they are started, or get signals, and what follows when time passes.
        private void react(List<Seen> seen) {
            boolean starts = false;
            for (Seen it : seen) {
                switch (it) {
                    case Announced(char event, Status _) -> {
                        events.append(event);
                        starts |= event == 'u';
                    }
                    case Signalled(Target _, Signal signal) -> sent(signal);
                    default -> {}
                }
            }
            if (starts && sample.announcesReadiness()) {
                takes(new RunIsReady());
            } else if (model.runs() && !stopped && !deadly.isEmpty()) {
                Signal signal = deadly.first();
                deadly.clear();
                takes(new RunEnds(new Killed(signal)));
            } else if (model.waitsForStart()) {
                second++;
                takes(new SecondPasses());
            }
        }

        private void sent(Signal signal) {
            switch (signal.toString()) {
                case "SIGSTOP" -> stopped = true;
                case "SIGCONT" -> stopped = false;
                case "SIGWINCH" -> {}
                case "SIGKILL" -> {
                    stopped = false;
                    deadly.clear();
                    deadly.add(signal);
                }
                default -> deadly.add(signal);
            }
        }

        private void isAsTheModelSays(RealS6Supervise real) {
            await(inputs.toString()).atMost(PATIENCE).untilAsserted(() -> {
                assertEquals(events.toString(), real.events());
                assertEquals(Shown.of(model.status().bytes()), real.shown());
                assertTrue(!model.runs() || real.isExecuted());
            });
        }
    }
}
