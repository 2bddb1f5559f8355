/// Tests of what comes before the loop and after it; the machine that they end is a [FakeMachine] with virtual
/// time.
@NullMarked
package dev.reeve.daemon.boot;

import org.jspecify.annotations.NullMarked;
