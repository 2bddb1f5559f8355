/// What services say of themselves by sd_notify(3): from bytes to values.
///
/// May know: nothing. Reads no socket itself: [dev.reeve.daemon.process] brings the bytes. Begin with [Notification].
@NullMarked
package dev.reeve.daemon.notify;

import org.jspecify.annotations.NullMarked;
