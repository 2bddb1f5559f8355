/// What a client finds outside itself: its streams and its environment, and the daemon behind the socket.
///
/// May know: the protocol and the JDK. Begin with [ControlClient].
@NullMarked
package dev.reeve.cli.outside;

import org.jspecify.annotations.NullMarked;
