/// s6's own commands (`svc`, `svstat`, `svwait`, ...) over the control socket: their options, words and exit
/// codes are those of s6, whose scripts rely on them.
///
/// May know: `outside`, the protocol, the JDK; not picocli, which reads another grammar than getopt(3). Begin
/// with [S6Verb]; [Supervised] finds the daemon and the service that a path means. What s6 does is in its
/// documents, <https://skarnet.org/software/s6/>, and what differs in docs/s6-compatibility.md.
@NullMarked
package dev.reeve.cli.s6;

import org.jspecify.annotations.NullMarked;
