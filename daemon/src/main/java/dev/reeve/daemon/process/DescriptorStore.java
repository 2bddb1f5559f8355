package dev.reeve.daemon.process;

import dev.reeve.bridge.Datagram;
import dev.reeve.bridge.ErrnoException;
import dev.reeve.bridge.EventLoop;
import dev.reeve.bridge.HeldFd;
import dev.reeve.bridge.Kernel;
import dev.reeve.daemon.log.Log;
import dev.reeve.daemon.notify.Notification;
import dev.reeve.daemon.process.StoredDescriptors.Stored;

/// Keeps descriptors for services from one run to the next, as sd_notify(3) has it: FDSTORE=1 gives them away,
/// FDSTOREREMOVE=1 takes them back, and those that hang up or fail are dropped unless FDPOLL=0 was said. Belongs to
/// the loop's thread.
final class DescriptorStore {
    private final Kernel kernel;
    private final EventLoop loop;
    private final Log log;

    DescriptorStore(Kernel kernel, EventLoop loop, Log log) {
        this.kernel = kernel;
        this.loop = loop;
        this.log = log;
    }

    /// A process of the service said this. What is kept of the datagram's descriptors is taken; the others are its
    /// own still.
    void told(ServiceProcess service, Notification notification, Datagram datagram) {
        if (notification.removesDescriptors()) {
            notification.descriptorName().ifPresent(service.stored::remove);
        } else if (notification.storesDescriptors()) {
            keepAll(service, notification, datagram);
        }
    }

    private void keepAll(ServiceProcess service, Notification notification, Datagram datagram) {
        int refused = 0;
        try (Descriptors descriptors = new Descriptors(kernel)) {
            datagram.takeDescriptors().forEach(descriptors::add);
            for (int fd : descriptors.all()) {
                if (isStored(service, fd)) {
                    continue;
                }
                if (service.stored.count() >= service.stored.max()) {
                    refused++;
                    continue;
                }
                keep(service, notification, descriptors.release(fd));
            }
        }
        if (refused > 0) {
            log.warning("service " + service.name()
                    + ": descriptors that it wants to store are closed, because its fd-store" + " allows "
                    + service.stored.max());
        }
    }

    private void keep(ServiceProcess service, Notification notification, int fd) {
        HeldFd[] itself = new HeldFd[1];
        HeldFd handle = new HeldFd(kernel, fd, () -> service.stored.forget(itself[0]));
        itself[0] = handle;
        service.stored.add(new Stored(notification.descriptorName().orElse("stored"), handle));
        if (notification.pollsDescriptors()) {
            watch(service, handle);
        }
    }

    private void watch(ServiceProcess service, HeldFd handle) {
        try {
            loop.watchEnd(handle);
        } catch (ErrnoException e) {
            log.warning("service " + service.name() + ": a descriptor that it stored is kept even if it hangs up: "
                    + e.getMessage());
        }
    }

    private boolean isStored(ServiceProcess service, int fd) {
        try {
            for (Stored stored : service.stored.all()) {
                if (kernel.isSameFile(fd, stored.fd())) {
                    return true;
                }
            }
        } catch (ErrnoException e) {
            log.warning(
                    "service " + service.name() + ": a descriptor that it stored may be kept twice: " + e.getMessage());
        }
        return false;
    }
}
