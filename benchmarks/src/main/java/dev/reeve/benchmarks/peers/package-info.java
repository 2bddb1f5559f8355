/// Whole processes, measured from outside: supervisors, reeve among them, and the services that they keep running.
///
/// Begin with [BenchPeers].
@NullMarked
package dev.reeve.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
