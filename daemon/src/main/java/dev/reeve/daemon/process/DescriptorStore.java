package dev.reeve.daemon.process;

import dev.reeve.bridge.Datagram;
import dev.reeve.daemon.notify.Notification;
import dev.reeve.daemon.service.ServiceName;

/// Keeps descriptors for services from one run to the next. Belongs to the loop's thread.
public interface DescriptorStore {

    /// Nothing is kept.
    DescriptorStore NONE = (_, _, _) -> {};

    /// A process of the service said this. What the store wants of the datagram's descriptors it takes; the others are
    /// closed when this returns.
    void told(ServiceName service, Notification notification, Datagram datagram);
}
