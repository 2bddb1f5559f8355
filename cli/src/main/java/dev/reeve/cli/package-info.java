/// `reeve`: asks the daemon, waits if told to, prints what it hears.
///
/// May know: the protocol, picocli, the JDK's unix sockets. Begin with [ReeveClient], then [ControlClient] and
/// [ServiceWait]; every
/// other command is a class of its own.
@NullMarked
package dev.reeve.cli;

import org.jspecify.annotations.NullMarked;
