package dev.reeve.daemon;

import dev.reeve.bridge.Errno;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.Inotify;
import dev.reeve.bridge.InputFd;
import dev.reeve.bridge.Kernel;
import dev.reeve.bridge.Kernel.DirectoryChange;
import dev.reeve.bridge.Kernel.DirectoryChange.What;
import dev.reeve.daemon.fleet.ServiceSituation;
import dev.reeve.daemon.life.MachineLife;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.process.Spawners;
import dev.reeve.daemon.reactor.ChangeWatcher;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.ServiceName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The power button of a machine, which is a key of an input device: a virtual machine's "shut down" comes as one, too,
/// and a machine that misses it has its plug pulled some minutes later.
///
/// Devices come when their modules are loaded, so /dev/input is watched; and it may be another one when `rc.init` has
/// mounted a /dev. Opening them may take its time, which is an errand's. Belongs to the loop's thread.
final class PowerButton implements Inotify.Listener, ChangeWatcher {
    static final Path DEVICES = Path.of("/dev/input");

    /// Opens an input device if it has a power button, as [LinuxInput#openPowerButton] does.
    interface Opener {
        OptionalInt open(String path) throws ErrnoException;
    }

    private final Kernel kernel;
    private final Opener opener;
    private final EventLoop loop;
    private final Spawners spawners;
    private final Runnable pressed;
    private final Log log;
    private final Path folder;
    private final Map<String, InputFd> buttons = new HashMap<>();
    private @Nullable Inotify changes;
    private boolean underWay;
    private boolean again;
    private boolean hasToldThatItIsNotWatched;

    /// `pressed` is run when it is. `folder` is where the devices are.
    PowerButton(
            Kernel kernel, Opener opener, EventLoop loop, Spawners spawners, Path folder, Runnable pressed, Log log) {
        this.kernel = kernel;
        this.opener = opener;
        this.loop = loop;
        this.spawners = spawners;
        this.folder = folder;
        this.pressed = pressed;
        this.log = log;
    }

    /// From now on it is heard. Where that cannot be, the log says so, and the machine ends in other ways.
    void listen() {
        try {
            Inotify made = new Inotify(kernel, this);
            changes = made;
            loop.watch(made);
            look();
        } catch (ErrnoException e) {
            log.warning("the power button is not heard: " + e.getMessage());
        }
    }

    @Override
    public void onChange(DirectoryChange change) {
        if (change.what() == What.LOST || change.name().startsWith(PowerButtonErrand.DEVICE)) {
            look();
        }
    }

    @Override
    public void changed(ServiceSituation situation) {
        if (situation.name().equals(MachineLife.INIT) && situation.state().isAtRest()) {
            look();
        }
    }

    @Override
    public void forgotten(ServiceName name) {}

    @Override
    public void turnEnded() {}

    @Override
    public void onFailed(ErrnoException cause) {
        notWatched(cause);
    }

    /// Where there is no directory of devices, and none can be made, there is no power button: nothing to tell. It is
    /// looked at more than once, and told once what is wrong with it.
    private void notWatched(ErrnoException cause) {
        if (cause.errno() != Errno.ENOENT && !hasToldThatItIsNotWatched) {
            hasToldThatItIsNotWatched = true;
            log.warning("a power button that comes later is not heard: " + cause.getMessage());
        }
    }

    /// One errand at a time: what changes meanwhile is looked at once more.
    private void look() {
        again = underWay;
        if (underWay || changes == null || changes.isClosed()) {
            return;
        }
        underWay = true;
        PowerButtonErrand errand = new PowerButtonErrand(
                kernel, opener, changes.fd(), folder, Set.copyOf(buttons.keySet()), this::found, this::notWatched, log);
        spawners.submit(errand, new Moment(kernel.monotonicNanos()));
    }

    private void found(Map<String, Integer> opened) {
        underWay = false;
        opened.forEach(this::hear);
        if (again) {
            look();
        }
    }

    private void hear(String device, int fd) {
        InputFd button = new InputFd(kernel, fd, new InputFd.Listener() {
            @Override
            public void onPressed(int key) {
                if (key == InputFd.KEY_POWER || key == InputFd.KEY_POWER2) {
                    log.info("the power button was pressed");
                    pressed.run();
                }
            }

            @Override
            public void onFailed(ErrnoException cause) {
                buttons.remove(device);
            }
        });
        try {
            loop.watch(button);
            buttons.put(device, button);
            log.info("the power button is heard, by " + folder.resolve(device));
        } catch (ErrnoException e) {
            button.close();
            log.warning("the power button " + folder.resolve(device) + " is not heard: " + e.getMessage());
        }
    }
}
