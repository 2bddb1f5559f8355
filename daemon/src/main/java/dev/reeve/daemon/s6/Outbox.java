package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.service.Moment;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is to be done to the disk for one service, in order. Anyone may add; delivering may block, and is done by one
/// thread at a time.
final class Outbox {
    /// What a hung disk may keep waiting; then the oldest is lost.
    private static final int WAITING_MAX = 256;

    static final Moment AT_ONCE = new Moment(0);

    private final SuperviseDirectory directory;
    private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
    private final Object delivery = new Object();
    private Moment heldUntil = Moment.NEVER;
    private Moment sentFor = Moment.NEVER;
    private boolean closing;
    private boolean closed;

    Outbox(SuperviseDirectory directory) {
        this.directory = directory;
    }

    void add(Announcement announcement) {
        synchronized (waiting) {
            if (announcement.events().isEmpty() && waiting.peekLast() instanceof Announcement last) {
                waiting.removeLast();
                waiting.add(last.followedBy(announcement));
                return;
            }
            append(announcement);
        }
    }

    void add(DownFile file) {
        synchronized (waiting) {
            append(file);
        }
    }

    private void append(Delivery delivery) {
        if (waiting.size() == WAITING_MAX) {
            waiting.removeFirst();
        }
        waiting.add(delivery);
    }

    /// Once everything is delivered, this included, the directory is closed. Nothing is added any more.
    void close(Announcement last) {
        synchronized (waiting) {
            add(last);
            closing = true;
        }
    }

    /// Whether the directory was given back.
    boolean isClosed() {
        synchronized (waiting) {
            return closed;
        }
    }

    /// When an errand is to be sent to [#carryOut] what waits. It counts as being out from now on, and takes with
    /// it what is added meanwhile. [Moment#NEVER] where nothing waits, or where one is out that is due no later. A
    /// status may wait until `patience` where no event tells anybody to look at it.
    Moment send(Moment patience) {
        synchronized (waiting) {
            Moment due = due(patience);
            if (due.compareTo(sentFor) >= 0) {
                return Moment.NEVER;
            }
            sentFor = due;
            return due;
        }
    }

    private Moment due(Moment patience) {
        if (waiting.isEmpty()) {
            return heldUntil;
        }
        boolean mayWait = waiting.size() == 1
                && waiting.peek() instanceof Announcement announcement
                && announcement.isStatusAlone();
        if (!mayWait) {
            return AT_ONCE;
        }
        return patience.isBefore(heldUntil) ? patience : heldUntil;
    }

    /// What it was to deliver still waits, for another.
    void errandFailed() {
        synchronized (waiting) {
            sentFor = Moment.NEVER;
        }
    }

    /// What the errand does. Answers whether it is to come home: something is held until later, or the directory was
    /// given back. Where it is not, nobody need hear of it.
    boolean carryOut(Consumer<String> problems) {
        while (true) {
            deliver(problems);
            synchronized (waiting) {
                if (waiting.isEmpty()) {
                    sentFor = Moment.NEVER;
                    return closed || !heldUntil.equals(Moment.NEVER);
                }
            }
        }
    }

    /// Delivers what waits and may be told by now, and what is added meanwhile; tells what fails, and goes on.
    void deliver(Consumer<String> problems) {
        synchronized (delivery) {
            tellHeld(problems);
            while (!isDone()) {
                next().ifPresent(delivery -> deliver(delivery, problems));
            }
        }
    }

    /// Delivers everything, at once.
    void deliverAtLast(Consumer<String> problems) {
        synchronized (delivery) {
            directory.hurry();
            deliver(problems);
        }
    }

    private void tellHeld(Consumer<String> problems) {
        try {
            directory.tellHeld();
        } catch (ErrnoException e) {
            problems.accept(Announcement.FAILURE + e.getMessage());
        }
    }

    private void deliver(Delivery next, Consumer<String> problems) {
        try {
            directory.deliver(next, problems);
        } catch (ErrnoException e) {
            problems.accept(next.failure() + e.getMessage());
        }
    }

    /// Announcements that have come to wait for each other are delivered as one: a service that was restarted before
    /// anybody could be told of its end has its status written once.
    private Optional<Delivery> next() {
        synchronized (waiting) {
            @Nullable Delivery next = waiting.poll();
            while (next instanceof Announcement first && waiting.peek() instanceof Announcement second) {
                waiting.remove();
                next = first.followedBy(second);
            }
            return Optional.ofNullable(next);
        }
    }

    private boolean isDone() {
        synchronized (waiting) {
            if (!waiting.isEmpty()) {
                return false;
            }
            heldUntil = directory.heldUntil();
            if (closing && !closed && heldUntil.equals(Moment.NEVER)) {
                closed = true;
                directory.close();
            }
            return true;
        }
    }
}
