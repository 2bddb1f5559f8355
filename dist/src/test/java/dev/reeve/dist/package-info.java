/// The distribution that `bin/dist` makes, used as those use it who have nothing else of reeve: on this machine, and
/// on machines of QEMU's with real kernels, whose consoles are read and typed on. Begin with
/// [DistributionScenarioTest]; for machines with [VirtualMachine], and with a scenario.
@NullMarked
package dev.reeve.dist;

import org.jspecify.annotations.NullMarked;
