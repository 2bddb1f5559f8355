package dev.reeve.daemon.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `reeved --container`: what a container's first process has to do, as one and as an ordinary process.
class ContainerScenarioTest {
    private static final List<String> AS_PID_ONE =
            List.of("unshare", "--pid", "--mount", "--fork", "--mount-proc", "--kill-child");

    @TempDir
    Path directory;

    @BeforeEach
    void othersMayComeNear() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theCommandGetsItsWordsAndStandardInputExactlyAndItsExitCodeIsTheContainers() throws Exception {
        String everyCharacter =
                IntStream.rangeClosed(1, 0x2ff).mapToObj(Character::toString).collect(Collectors.joining());
        List<String> words =
                List.of("", " ", "it's \"quoted\" $HOME `id` \\", "two\nlines\n", "-n", "--", everyCharacter);
        List<String> command = new ArrayList<>(container("--"));
        command.addAll(List.of("sh", "-c", "printf '%s\\0' \"$@\"; cat; exit 42", "zero"));
        command.addAll(words);

        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("log").toFile())
                .start();
        try (var input = process.getOutputStream()) {
            input.write("what was written to the container".getBytes(UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertEquals(String.join("\0", words) + "\0what was written to the container", output);
        assertEquals(42, process.waitFor());
    }

    @Test
    void itsEnvironmentAndWorkingDirectoryAreTheContainers() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(container("/usr/bin/env", "-0")).directory(directory.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/bin:/bin", "spring.datasource.url", "jdbc:x", "LC_ALL", "C", "LD_PRELOAD", ""));
        Process process =
                builder.redirectError(directory.resolve("log").toFile()).start();
        List<String> variables = List.of(new String(process.getInputStream().readAllBytes(), UTF_8).split("\0"));
        assertEquals(
                List.of("LC_ALL=C", "LD_PRELOAD=", "PATH=/usr/bin:/bin", "spring.datasource.url=jdbc:x"),
                variables.stream().sorted().toList());

        ShellCommand pwd = ShellCommand.run(
                Map.of(),
                "sh",
                "-c",
                "cd " + directory + " && exec \"$@\"",
                "sh",
                launcher(),
                "--run",
                run(),
                "--container",
                "/bin/pwd");
        assertTrue(pwd.output().contains(directory + "\n"), pwd.output());
    }

    @Test
    void whatCannotBeExecutedSaysSoAsShellsDo() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no program");
        assertEnds(127, "no-such-program");
        assertEnds(127, "/no/such/program");
        assertEnds(126, text.toString());
        Path broken = Files.writeString(directory.resolve("broken"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEnds(126, broken.toString());
    }

    @Test
    void aCommandThatASignalEndsAdds128() {
        ShellCommand ended = ShellCommand.run(Map.of(), words(container("sh", "-c", "kill -TERM $$")));
        assertEquals(143, ended.exitCode(), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "QUIT", "PWR", "37"})
    void eachSignalOfAContainerManagerStopsEverythingInOrder(String signal) throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("web", "trap 'echo web ends; exit 0' TERM; echo web runs; while :; do sleep 0.1; done");
        Process process = start("--scan", services.directory().toString(), "sh", "-c", """
                trap 'echo cmd ends; exit 5' TERM; echo cmd runs; while :; do sleep 0.1; done""");
        awaitLog("cmd runs");
        awaitLog("web runs");

        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();

        assertEquals(5, process.waitFor());
        assertTrue(log().contains("cmd ends"), log());
        assertTrue(log().contains("web ends"), log());
    }

    @Test
    void whatDoesNotEndInTheGraceIsKilled() throws Exception {
        Process process = start("--grace", "300", "sh", "-c", "trap '' TERM; echo runs; while :; do sleep 1; done");
        awaitLog("runs");
        process.destroy();
        assertEquals(137, process.waitFor());
        assertTrue(log().contains("the grace of 300 ms is over: cmd is killed"), log());
    }

    @Test
    void theServiceToExitWithDecidesAndTheCommandDoesNot() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("db", "[ -e once ] && exit 9; : >once; sleep 0.3; exit 8")
                .file("db", "restart-limit", "1/60\n");
        Process process = start("--scan", services.directory().toString(), "--exit-with", "db", "--", "true");
        assertEquals(9, process.waitFor(), this::logOrReason);
        assertTrue(Files.exists(services.path("db", "once")));
    }

    @Test
    void withoutACommandTheFirstServiceThatIsGivenUpEndsIt() throws Exception {
        ServiceDirectories services = ServiceDirectories.in(directory)
                .service("steady", "exec sleep 1000")
                .service("job", "exit 6")
                .file("job", "restart", "never\n");
        Process process = start("--scan", services.directory().toString());
        assertEquals(6, process.waitFor(), this::logOrReason);
    }

    @Test
    void asPidOneItReapsOrphansAndTellsThemToEnd() throws Exception {
        needsRoot();
        List<String> command = new ArrayList<>(AS_PID_ONE);
        command.addAll(container("sh", "-c", """
                i=0; while [ $i -lt 200 ]; do ( : & ); i=$((i + 1)); done
                export ready=$0
                ( setsid sh -c 'trap "echo the orphan ends; exit" TERM; : >$ready; while :; do sleep 0.1; done' & )
                until [ -e "$0" ]; do sleep 0.1; done
                echo $$ is the command, $PPID its parent
                while ps -e -o stat= -o ppid= | grep -q 'Z.* 1$'; do sleep 0.1; done
                echo no zombie; exit 4""", directory.resolve("traps").toString()));
        ShellCommand ended = ShellCommand.run(Map.of(), words(command));
        assertEquals(4, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("1 its parent"), ended.output());
        assertTrue(ended.output().contains("no zombie"), ended.output());
        assertTrue(ended.output().contains("the orphan ends"), ended.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "setpriv --reuid=65534 --regid=65534 --clear-groups"})
    void itWorksOnAReadOnlyRootAsRootAndAsNobody(String prefix) throws Exception {
        needsRoot();
        ServiceDirectories services = ServiceDirectories.in(directory).service("web", "exec sleep 1000");
        List<String> command = new ArrayList<>(AS_PID_ONE);
        // The bind mounts are those of a mount namespace of its own.
        command.addAll(List.of("sh", "-euc", """
                mount -o remount,bind,ro / && ! touch /etc/written 2>/dev/null
                mount -t tmpfs -o mode=1777,noexec tmpfs /dev/shm
                exec "$@\"""", "sh"));
        command.addAll(List.of(prefix.split(" ")));
        command.removeIf(String::isEmpty);
        command.addAll(List.of(
                "env",
                "-u",
                "XDG_RUNTIME_DIR",
                launcher(),
                "--container",
                "--no-s6-files",
                "--scan",
                services.directory().toString()));
        command.addAll(List.of("sh", "-c", "id -u; echo $$ of $PPID; exit 3"));
        ShellCommand ended = ShellCommand.run(Map.of(), words(command));
        assertEquals(3, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("of 1\n"), ended.output());
        assertTrue(ended.output().contains(prefix.isEmpty() ? "0\n" : "65534\n"), ended.output());
        try (var files = Files.list(services.directory())) {
            assertEquals(List.of(services.directory().resolve("web")), files.toList());
        }
    }

    @Test
    void aRunDirectoryThatNobodyHasIsAskedFor() {
        needsRoot();
        List<String> command = new ArrayList<>(AS_PID_ONE);
        command.addAll(List.of("sh", "-euc", """
                mount -o remount,bind,ro /; mount -t tmpfs -o ro tmpfs /dev/shm; exec "$@\"""", "sh"));
        command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(List.of("env", "-u", "XDG_RUNTIME_DIR", launcher(), "--container", "true"));
        ShellCommand ended = ShellCommand.run(Map.of(), words(command));
        assertEquals(100, ended.exitCode(), ended.output());
        assertTrue(ended.output().contains("--run DIR"), ended.output());
    }

    private void assertEnds(int exitCode, String word) {
        ShellCommand ended = ShellCommand.run(Map.of(), words(container(word)));
        assertEquals(exitCode, ended.exitCode(), ended.output());
    }

    private Process start(String... words) throws IOException {
        return new ProcessBuilder(container(words))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private List<String> container(String... words) {
        List<String> command = new ArrayList<>(List.of(launcher(), "--run", run(), "--container"));
        command.addAll(List.of(words));
        return command;
    }

    private String run() {
        return directory.resolve("run").toString();
    }

    private static String launcher() {
        return RunningDaemon.launcher().toString();
    }

    private static String[] words(List<String> command) {
        return command.toArray(String[]::new);
    }

    private void awaitLog(String words) {
        Awaitility.await(words)
                .atMost(RunningDaemon.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> log().contains(words));
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private String logOrReason() {
        try {
            return log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void needsRoot() {
        assumeTrue(System.getProperty("user.name").equals("root"), "a PID namespace needs root: run the tests as root");
    }
}
