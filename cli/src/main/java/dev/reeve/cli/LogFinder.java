package dev.reeve.cli;

import dev.reeve.cli.outside.ClientFailure;
import dev.reeve.cli.outside.ExitCode;
import dev.reeve.cli.outside.ServiceNames;
import dev.reeve.protocol.ServiceStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds where services' logs lie. The daemon cannot tell: what a service says goes through a pipe that the
/// daemon only holds. The kernel can: a logger's log is the file that the logger has open for writing, and
/// without a logger it is what the service's standard output is open on, or what the process writes that reads
/// it there: of a machine that reeve has booted the catch-all logger, or the daemon itself where that does not read.
final class LogFinder {
    private static final String LOGGER = "/log";

    /// Reads what everybody says who has no logger, s6-linux-init's documentation.
    static final String CATCH_ALL_LOGGER = "s6-svscan-log";

    private final Path proc;
    private final ProcessTable processes;
    private final int daemon;
    private final Map<String, ServiceStatus> services;
    private final Set<String> outputsOfDaemon;
    private final Optional<OpenDescriptor> catchAllFifo;

    /// `proc` is /proc; `daemon` is the pid of reeved, whose children the services are.
    LogFinder(Path proc, int daemon, Map<String, ServiceStatus> services) {
        this.proc = proc;
        this.processes = ProcessTable.read(proc);
        this.daemon = daemon;
        this.services = services;
        this.outputsOfDaemon = outputs(folder(daemon));
        this.catchAllFifo = catchAllFifo(folder(daemon));
    }

    /// Where the log of the service is, or why there is none to be read. It is one of those that there are, or the
    /// catch-all logger, in whose place the daemon may be.
    LogPlace find(String name) throws ClientFailure {
        if (name.equals(CATCH_ALL_LOGGER)) {
            return caught(services.get(name));
        }
        ServiceStatus service = Objects.requireNonNull(services.get(name));
        ServiceStatus logger = services.get(service.name() + LOGGER);
        return logger == null ? unlogged(service.name(), service.pid()) : logged(logger);
    }

    /// What is everybody's, which the daemon keeps where this logger does not.
    private LogPlace caught(@Nullable ServiceStatus logger) throws ClientFailure {
        Integer pid = logger == null ? null : logger.pid();
        Optional<WrittenFile> file =
                pid == null ? Optional.empty() : likeliestWrittenBy(child(pid, CATCH_ALL_LOGGER), CATCH_ALL_LOGGER);
        Optional<WrittenFile> found = file.isPresent() ? file : keptByDaemon();
        if (found.isPresent()) {
            return found.get().place(true);
        }
        if (logger == null) {
            throw ServiceNames.unknown(CATCH_ALL_LOGGER, services.keySet());
        }
        return logged(logger);
    }

    /// What the daemon has read itself, since no catch-all logger does.
    private Optional<WrittenFile> keptByDaemon() throws ClientFailure {
        ProcessTable.Entry process = process(daemon, "the daemon");
        return descriptors(process, "the daemon").stream()
                .filter(it -> it.target().endsWith("/" + RotatedLog.CURRENT) && it.isRegularFile() && it.writes())
                .findFirst()
                .map(it -> WrittenFile.of(it, process));
    }

    private LogPlace logged(ServiceStatus logger) throws ClientFailure {
        Integer pid = logger.pid();
        if (pid == null) {
            throw failure(logger.name()
                    + " is not running, and only a running logger shows where its log is: reeve start "
                    + logger.name());
        }
        ProcessTable.Entry process = child(pid, logger.name());
        return likeliestWrittenBy(process, logger.name())
                .orElseThrow(() -> failure(logger.name() + ", " + process.words()
                        + ", has no file of its own open for writing: its lines go where that program sends them"))
                .place(false);
    }

    /// What the service says goes where its process' standard output goes, or the daemon's, which it will
    /// inherit.
    private LogPlace unlogged(String name, @Nullable Integer pid) throws ClientFailure {
        ProcessTable.Entry speaker = pid == null ? process(daemon, "the daemon") : child(pid, name);
        String whose = pid == null ? "the daemon" : name;
        boolean isToInherit = pid == null && catchAllFifo.isPresent();
        OpenDescriptor output = (isToInherit ? catchAllFifo : output(speaker, whose))
                .orElseThrow(() -> failure(whose + " has closed its standard output and error, or has just ended: what "
                        + name + " says is lost"));
        boolean isShared = pid == null || isOutputOfDaemon(output) || isCatchAllFifo(output);
        if (output.isRegularFile()) {
            return WrittenFile.of(output, speaker).place(isShared);
        }
        if (output.isPipe()) {
            return readerOf(output, name).place(isShared);
        }
        throw failure(
                "what " + name + " says goes to " + words(output.target()) + ", and reeve finds nothing kept of it:"
                        + " to have a log, give it a logger, which is a service directory log/ in its own");
    }

    private static String words(String target) {
        if (target.startsWith("socket:")) {
            return "a socket, to whoever listens there";
        }
        boolean isTerminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        return isTerminal || target.equals("/dev/console") ? "the terminal " + target : target;
    }

    /// Standard output; where that is a device, standard error if that is none.
    private Optional<OpenDescriptor> output(ProcessTable.Entry process, String name) throws ClientFailure {
        List<OpenDescriptor> both = descriptors(process, name).stream()
                .filter(OpenDescriptor::isOutput)
                .toList();
        return both.stream()
                .filter(descriptor -> !descriptor.target().startsWith("/dev/"))
                .findFirst()
                .or(() -> both.stream().findFirst());
    }

    /// Whether the process has it from the daemon, as everybody has.
    private boolean isOutputOfDaemon(OpenDescriptor descriptor) {
        return outputsOfDaemon.contains(descriptor.target());
    }

    private boolean isCatchAllFifo(OpenDescriptor descriptor) {
        return catchAllFifo
                .filter(fifo -> fifo.target().equals(descriptor.target()))
                .isPresent();
    }

    /// What the program keeps that reads the pipe.
    private WrittenFile readerOf(OpenDescriptor pipe, String name) throws ClientFailure {
        ProcessTable.Entry reader = null;
        boolean sawAll = true;
        for (ProcessTable.Entry process : processes.all()) {
            try {
                if (process.pid() != daemon
                        && OpenDescriptor.of(folder(process.pid())).stream().anyMatch(pipe::isReadBy)) {
                    reader = process;
                    Optional<WrittenFile> file = likeliestWrittenBy(process, "the reader of " + name);
                    if (file.isPresent()) {
                        return file.get();
                    }
                }
            } catch (AccessDeniedException e) {
                sawAll = false;
            } catch (IOException e) {
                // It has ended.
            }
        }
        Optional<WrittenFile> ownFile = isCatchAllFifo(pipe) ? keptByDaemon() : Optional.empty();
        if (ownFile.isPresent()) {
            return ownFile.get();
        }
        String sentence = "what " + name + " says goes into " + pipe.target();
        if (reader != null) {
            throw failure(sentence + ", which " + reader.words() + " reads, and that has no file of its own open for "
                    + "writing: the lines go where that program sends them");
        }
        throw failure(sentence + ", which no process reads"
                + (sawAll ? "" : " that you may look into: be root to look into all"));
    }

    /// Of the files that the process and those that stem from it write, the one that is most likely a log.
    private Optional<WrittenFile> likeliestWrittenBy(ProcessTable.Entry ancestor, String name) throws ClientFailure {
        List<WrittenFile> files = new ArrayList<>();
        for (ProcessTable.Entry process : processes.family(ancestor.pid())) {
            for (OpenDescriptor descriptor : descriptors(process, name)) {
                if (descriptor.isRegularFile() && descriptor.writes() && !isOutputOfDaemon(descriptor)) {
                    files.add(WrittenFile.of(descriptor, process));
                }
            }
        }
        return files.stream().filter(WrittenFile::isLog).max(WrittenFile.BY_LIKELIHOOD);
    }

    private List<OpenDescriptor> descriptors(ProcessTable.Entry process, String name) throws ClientFailure {
        try {
            return OpenDescriptor.of(folder(process.pid()));
        } catch (AccessDeniedException e) {
            throw failure("you may not look into " + process.words() + " of " + name
                    + " to find where lines go: be root, or the user that it runs as");
        } catch (IOException e) {
            // It has ended.
            return List.of();
        }
    }

    /// A process of the daemon's. A pid of another namespace may be anyone's here.
    private ProcessTable.Entry child(int pid, String name) throws ClientFailure {
        ProcessTable.Entry process = process(pid, name);
        if (process.parent() != daemon) {
            throw invisible(pid, name);
        }
        return process;
    }

    private ProcessTable.Entry process(int pid, String name) throws ClientFailure {
        return processes.process(pid).orElseThrow(() -> invisible(pid, name));
    }

    private static Set<String> outputs(Path process) {
        try {
            return OpenDescriptor.of(process).stream()
                    .filter(OpenDescriptor::isOutput)
                    .map(OpenDescriptor::target)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            // Whoever may not look into the daemon is told so when that matters.
            return Set.of();
        }
    }

    /// A daemon that has booted its machine gives its services a fifo to write to; the other fifos that it has open, it
    /// reads, too.
    private static Optional<OpenDescriptor> catchAllFifo(Path process) {
        try {
            return OpenDescriptor.of(process).stream()
                    .filter(it -> it.target().startsWith("/") && it.isPipe() && it.writesOnly())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ClientFailure invisible(int pid, String name) {
        return failure("pid " + pid + " of " + name
                + " is not to be seen in /proc: run reeve where the daemon runs, in its PID namespace, as root");
    }

    private Path folder(int pid) {
        return proc.resolve(Integer.toString(pid));
    }

    private static ClientFailure failure(String sentence) {
        return new ClientFailure(ExitCode.FAILED, sentence);
    }
}
