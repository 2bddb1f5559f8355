/// From the texts in a service directory to settings, or to every complaint at once, each with its file and reason.
///
/// May know: service. Reads no file itself: [dev.reeve.daemon.process] brings the texts. Begin with [ServiceFiles].
@NullMarked
package dev.reeve.daemon.config;

import org.jspecify.annotations.NullMarked;
