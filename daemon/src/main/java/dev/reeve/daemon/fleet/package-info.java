/// All services: what is asked of them, where each is, and what follows. Pure, as [dev.reeve.daemon.service] is.
///
/// May know: service. Begin with [Fleet]; what letters of s6-svc mean is in [Letter].
@NullMarked
package dev.reeve.daemon.fleet;

import org.jspecify.annotations.NullMarked;
