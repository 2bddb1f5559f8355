package dev.reeve.daemon.s6;

import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.Fifo;
import dev.reeve.daemon.fleet.Answer;
import dev.reeve.daemon.fleet.Command;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.reactor.Fact;
import dev.reeve.daemon.reactor.Inbox;
import dev.reeve.daemon.service.ServiceName;
import java.util.ArrayDeque;
import java.util.Optional;

/// Makes commands of what arrives in `supervise/control`, one after the other: the next is noted when the last was
/// answered, so that whoever floods one fifo fills the inbox with one fact. Belongs to the loop's thread.
final class ControlDesk implements Fifo.Listener {
    private static final int WAITING_MAX = 4_096;

    private final SupervisedService service;
    private final Inbox inbox;
    private final Log log;
    private final ArrayDeque<Character> waiting = new ArrayDeque<>();
    private boolean underWay;

    ControlDesk(SupervisedService service, Inbox inbox, Log log) {
        this.service = service;
        this.inbox = inbox;
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
        while (!waiting.isEmpty()) {
            char letter = waiting.remove();
            ServiceName name = service.name();
            Optional<Command> command = ControlLetters.command(letter, name, service.runs());
            if (command.isPresent()) {
                underWay = true;
                if (ControlLetters.isLasting(letter)) {
                    service.keepsDown(letter == ControlLetters.DOWN_FOR_GOOD);
                }
                log.info("service " + name + ": its supervise/control says " + letter);
                inbox.add(new Fact.CommandArrived(command.get(), answer -> answered(letter, answer)));
                return;
            }
            if (ControlLetters.isNotDoneYet(letter)) {
                warn("its supervise/control says " + letter
                        + ", which reeve does not do yet; docs/s6-compatibility.md has what it does");
            }
        }
    }

    private void answered(char letter, Answer answer) {
        underWay = false;
        if (answer instanceof Answer.Accepted) {
            if (letter == ControlLetters.PAUSE || letter == ControlLetters.CONTINUE) {
                service.paused(letter == ControlLetters.PAUSE);
            }
        }
        next();
    }

    private void warn(String words) {
        log.warning("service " + service.name() + ": " + words);
    }
}
