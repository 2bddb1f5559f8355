/// Sessions on the control socket: a request becomes a command or a question, a change becomes a notice.
///
/// May know: reactor, fleet, service, log, protocol, and Netty through the bridge's loop. Begin with
/// [ControlServer], then [ControlSession].
@NullMarked
package dev.reeve.daemon.control;

import org.jspecify.annotations.NullMarked;
