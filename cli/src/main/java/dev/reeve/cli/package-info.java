/// `reeve`: asks the daemon, waits if told to, prints what it hears.
///
/// May know: `outside`, the protocol, picocli, the JDK. Begin with [ReeveClient], then
/// [dev.reeve.cli.outside.ControlClient] and [ServiceWait]; every other command is a class of its own. `reeve log` is
/// the one that asks the kernel more than the daemon: [LogFinder]
/// says where a log is, [RotatedLog] what its files are, [LogReader] reads them.
@NullMarked
package dev.reeve.cli;

import org.jspecify.annotations.NullMarked;
