package dev.reeve.daemon.process;

import dev.reeve.bridge.Datagram;
import dev.reeve.bridge.Datagram.Sender;
import dev.reeve.bridge.DatagramFd;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.log.Printable;
import dev.reeve.daemon.notify.Notification;
import dev.reeve.daemon.process.ServiceProcess.Child;
import dev.reeve.daemon.service.ServiceEvent;
import dev.reeve.daemon.service.ServiceEvent.BecameReady;
import dev.reeve.daemon.service.ServiceEvent.FailureTold;
import dev.reeve.daemon.service.ServiceEvent.HeartBeat;
import dev.reeve.daemon.service.ServiceEvent.MoreTimeAsked;
import dev.reeve.daemon.service.ServiceEvent.ReloadBegan;
import dev.reeve.daemon.service.ServiceEvent.StatusTold;
import dev.reeve.daemon.service.ServiceEvent.StopBegan;
import dev.reeve.daemon.service.ServiceEvent.WatchdogSet;
import org.jspecify.annotations.Nullable;

/// Hears what the processes of a service's run say of it by sd_notify(3).
final class NotifyListener implements DatagramFd.Listener {
    /// Of a longer status the beginning is shown.
    private static final int STATUS_MAX = 256;

    private final ServiceProcess service;
    private final NotifySocket socket;
    private final ServiceMembers members;
    private final Succession succession;
    private final DescriptorStore store;
    private final ProcessFacts facts;
    private final Log log;

    NotifyListener(
            ServiceProcess service,
            NotifySocket socket,
            ServiceMembers members,
            Succession succession,
            DescriptorStore store,
            ProcessFacts facts,
            Log log) {
        this.service = service;
        this.socket = socket;
        this.members = members;
        this.succession = succession;
        this.store = store;
        this.facts = facts;
        this.log = log;
    }

    @Override
    public void onDatagram(Datagram datagram) {
        Notification notification = Notification.of(datagram.bytes());
        if (notification.isBarrier()) {
            // Its descriptor is closed when this returns, and everything before it was noted.
            return;
        }
        if (datagram.isCut()) {
            warn("a notification of more than " + Notification.BYTES_MAX + " bytes is passed over");
            return;
        }
        if (!isFromTheService(datagram.sender())) {
            warn("a notification from a process of user "
                    + Integer.toUnsignedString(datagram.sender().user())
                    + " that is none of its own is passed over");
            return;
        }
        if (datagram.hasLostDescriptors()) {
            warn("descriptors that came with a notification were lost: there are too many open already");
        }
        take(notification, datagram);
    }

    private boolean isFromTheService(Sender sender) {
        @Nullable Child main = service.child;
        try {
            return main != null && members.include(sender, main.pid(), service.leaderPid(main), socket);
        } catch (ErrnoException e) {
            warn("whose a notification is cannot be known: " + e.getMessage());
            return false;
        }
    }

    private void take(Notification notification, Datagram datagram) {
        notification.mainPid().ifPresent(pid -> succession.told(service, socket, pid));
        notification.status().ifPresent(status -> tell(new StatusTold(Printable.of(status, STATUS_MAX))));
        if (notification.isReloading()) {
            tell(new ReloadBegan());
        }
        if (notification.isReady()) {
            tell(new BecameReady());
        }
        if (notification.isStopping()) {
            tell(new StopBegan());
        }
        notification.silenceMax().ifPresent(silenceMax -> tell(new WatchdogSet(silenceMax)));
        if (notification.isAlive()) {
            tell(new HeartBeat());
        }
        if (notification.hasFailed()) {
            tell(new FailureTold());
        }
        notification.extension().ifPresent(time -> tell(new MoreTimeAsked(time)));
        store.told(service, notification, datagram);
    }

    private void tell(ServiceEvent event) {
        facts.happened(service.name(), event);
    }

    @Override
    public void onFailed(ErrnoException e) {
        warn("its notifications cannot be read any more: " + e.getMessage());
        service.notifications = null;
    }

    private void warn(String trouble) {
        log.warning("service " + service.name() + ": " + trouble);
    }
}
