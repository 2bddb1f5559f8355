/// What nobody else has asked for: the output of every service that has no logger, and the daemon's own words, when the
/// daemon runs the machine. All of it goes into one fifo, which the catch-all logger reads: a service like others, or
/// the daemon itself where there is none.
///
/// May know: bridge and log. Begin with [CatchAllFifo].
@NullMarked
package dev.reeve.daemon.catchall;

import org.jspecify.annotations.NullMarked;
