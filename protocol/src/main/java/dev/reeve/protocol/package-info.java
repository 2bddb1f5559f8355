/// What client and daemon say to each other: one JSON object a line over a unix stream socket.
///
/// May know: Jackson's streaming core. Begin with [Request], then [Reply] and [Notice]; [ProtocolCodec] turns them into
/// lines and back.
@NullMarked
package dev.reeve.protocol;

import org.jspecify.annotations.NullMarked;
