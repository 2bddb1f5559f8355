/// The loop: the one place where deciding meets doing.
///
/// May know: fleet, service, process, log, and the bridge. Begin with [Reactor].
@NullMarked
package dev.reeve.daemon.reactor;

import org.jspecify.annotations.NullMarked;
