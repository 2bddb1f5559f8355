/// Kernel objects as handles on one epoll loop, and the system calls behind them.
///
/// May know: Netty's epoll transport and jnr; nothing of services. jnr appears in [Libc], [MachineLibc] and
/// [NativeMemory] only, Netty in [EpollLoop] only. Begin with [Kernel], the seam that a simulated kernel can stand
/// behind, then [EventLoop] and [KernelFd]; [Machine] is the same for what only the first process of a machine
/// does.
@NullMarked
package dev.reeve.bridge;

import org.jspecify.annotations.NullMarked;
