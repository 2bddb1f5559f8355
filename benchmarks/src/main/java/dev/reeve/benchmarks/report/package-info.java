/// Tables and plots of what `bin/bench-peers` has measured and written as JSON.
///
/// Begin with [BenchReport].
@NullMarked
package dev.reeve.benchmarks.report;

import org.jspecify.annotations.NullMarked;
