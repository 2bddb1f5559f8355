/// What JMH measures: restarts by the real daemon, its control socket, and the parts that run at each of them.
///
/// May know: everything. Begin with [RestartBenchmark].
@NullMarked
package dev.reeve.benchmarks;

import org.jspecify.annotations.NullMarked;
