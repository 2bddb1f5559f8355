/// Spawns, signals and reaps. What may block runs on spawner threads; what is learned comes back as facts only.
///
/// May know: service, config, log, and the bridge. Begin with [Processes].
@NullMarked
package dev.reeve.daemon.process;

import org.jspecify.annotations.NullMarked;
