package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Fifo;
import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.fleet.Letter;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes commands of what arrives in `supervise/control`, one after the other: the next is noted when the last was
/// answered, so that whoever floods one fifo fills the inbox with one fact. Belongs to the loop's thread.
final class ControlDesk implements Fifo.Listener {
    private static final int WAITING_MAX = 4_096;

    private final SupervisedService service;
    private final Inbox inbox;
    private final LetterWitness witness;
    private final Log log;
    private final ArrayDeque<Character> waiting = new ArrayDeque<>();
    private boolean underWay;

    ControlDesk(SupervisedService service, Inbox inbox, LetterWitness witness, Log log) {
        this.service = service;
        this.inbox = inbox;
        this.witness = witness;
        this.log = log;
    }

    @Override
    public void onBytes(byte[] bytes) {
        for (byte letter : bytes) {
            if (waiting.size() == WAITING_MAX) {
                warn("more was written to its supervise/control than can be done, and some of it is not");
                break;
            }
            waiting.add((char) letter);
        }
        if (!underWay) {
            next();
        }
    }

    @Override
    public void onFailed(ErrnoException cause) {
        warn("its supervise/control cannot be read any more (" + cause.getMessage()
                + "), so s6-svc does nothing to it: use reeve start, stop and so on");
    }

    private void next() {
        if (service.isReleased()) {
            // As with an s6-supervise that has ended, the rest is lost.
            waiting.clear();
        }
        while (!waiting.isEmpty()) {
            char character = waiting.remove();
            Optional<Letter> letter = Letter.of(character);
            if (letter.isPresent()) {
                underWay = true;
                ServiceName name = service.name();
                log.info("service " + name + ": its supervise/control says " + letter.get());
                Command command = new Command.Letters(Set.of(name), List.of(letter.get()));
                inbox.add(new Fact.CommandArrived(command, answer -> answered(letter.get(), answer)));
                return;
            }
        }
    }

    /// Where it is refused, nobody can be told.
    private void answered(Letter letter, Answer answer) {
        underWay = false;
        if (answer instanceof Answer.Accepted) {
            witness.asked(service.name(), letter);
        }
        next();
    }

    private void warn(String words) {
        log.warning("service " + service.name() + ": " + words);
    }
}
