/// The life of the whole: from the first service to the last, and what ends it. A daemon's, a container's and a
/// machine's differ in that only. Pure: no I/O, clock, thread or randomness.
///
/// May know: `fleet` and `service`. Begin with [Life].
@NullMarked
package dev.reeve.daemon.life;

import org.jspecify.annotations.NullMarked;
