/// A machine's first process: what comes before the loop ([StageOne]) and after it ([TheEnd]). Nothing here runs
/// beside the loop, and everything may block.
///
/// May know: the bridge, and log. Begin with [StageOne]; docs/boot.md says why each step is there.
@NullMarked
package dev.reeve.daemon.boot;

import org.jspecify.annotations.NullMarked;
