/// `supervise/` and `event/` in each service directory: where s6's own clients (`s6-svc`, `s6-svstat`, `s6-svwait`, …)
/// meet reeve; and `.s6-svscan/` in the scan directory, where s6-svscanctl does.
///
/// May know: reactor, fleet, service, process (its spawner threads, and the gate that a directory passes), log, and the
/// bridge. Begin with [S6Files]; what s6 does is in its documents, <https://skarnet.org/software/s6/s6-supervise.html>,
/// and what reeve does of it in docs/s6-compatibility.md.
@NullMarked
package dev.reeve.daemon.s6;

import org.jspecify.annotations.NullMarked;
