package dev.reeve.daemon.s6;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Debian's s6-supervise on a service directory of its own. `run` dies of any signal that kills; `finish` lives
/// until it is told by a signal how to exit.
final class RealS6Supervise implements AutoCloseable {
    private static final String LISTENER = "ftrig1:@400000006b01bfce10c425ef:abcdef";
    private static final char NO_EVENT = '.';

    private static final int PID_AT = 24;
    private static final int WAIT_STATUS_AT = 32;
    private static final int FLAGS_AT = 34;

    private final Path service;
    private final Process process;
    private final RandomAccessFile listener;
    private final List<String> events = new CopyOnWriteArrayList<>();

    /// What is in its status, but for the stamps.
    record Shown(boolean hasPid, int waitStatus, int flags) {
        static Shown of(byte[] status) {
            ByteBuffer bytes = ByteBuffer.wrap(status);
            return new Shown(bytes.getLong(PID_AT) != 0, bytes.getShort(WAIT_STATUS_AT), bytes.get(FLAGS_AT));
        }
    }

    RealS6Supervise(Path service, SampleDirectory sample) throws IOException, InterruptedException {
        this.service = service;
        Files.createDirectory(service);
        script("run", (sample.announcesReadiness() ? "echo >&3\n" : "") + "exec sleep 1000\n");
        if (sample.announcesReadiness()) {
            Files.writeString(service.resolve("notification-fd"), "3\n");
        }
        if (sample.hasFinish()) {
            script("finish", "trap 'exit 0' USR1\ntrap 'exit 125' USR2\n: >can-end\nwhile :; do sleep 0.02; done\n");
            Files.writeString(service.resolve("timeout-finish"), "0\n");
        }
        Path fifo = Files.createDirectory(service.resolve("event")).resolve(LISTENER);
        run("mkfifo", "-m", "622", fifo.toString());
        listener = new RandomAccessFile(fifo.toFile(), "rw");
        Thread.ofPlatform().daemon().start(this::listen);
        process = new ProcessBuilder("s6-supervise", service.toString()).start();
    }

    private void listen() {
        try {
            for (int event = listener.read(); event != NO_EVENT; event = listener.read()) {
                events.add(String.valueOf((char) event));
            }
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void script(String name, String text) throws IOException {
        Path script = Files.writeString(service.resolve(name), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void send(char letter) throws IOException {
        try (OutputStream control = Files.newOutputStream(service.resolve("supervise/control"))) {
            control.write(letter);
        }
    }

    /// Has `finish` end with this exit code, once it knows how to.
    void endFinish(int exitCode) throws IOException, InterruptedException {
        Path canEnd = service.resolve("can-end");
        await().until(() -> Files.exists(canEnd));
        Files.delete(canEnd);
        String signal = exitCode == 0 ? "USR1" : "USR2";
        long pid = ByteBuffer.wrap(status()).getLong(PID_AT);
        run("kill", "-s", signal, Long.toString(pid));
    }

    Shown shown() throws IOException {
        return Shown.of(status());
    }

    /// Whether `run` is what it is to become: a child that was only forked so far loses signals.
    boolean isExecuted() throws IOException {
        long pid = ByteBuffer.wrap(status()).getLong(PID_AT);
        return Files.readString(Path.of("/proc", Long.toString(pid), "comm")).equals("sleep\n");
    }

    private byte[] status() throws IOException {
        return Files.readAllBytes(service.resolve("supervise/status"));
    }

    /// Every event so far.
    String events() {
        return String.join("", events);
    }

    int exitCode() throws InterruptedException {
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        listener.write(NO_EVENT);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
