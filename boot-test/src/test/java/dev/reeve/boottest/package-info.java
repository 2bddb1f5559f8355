/// Real kernels in QEMU, whose consoles are read and typed on. Begin with [VirtualMachine], and with a scenario.
@NullMarked
package dev.reeve.boottest;

import org.jspecify.annotations.NullMarked;
