/// Kernel objects as handles on one epoll loop, and the system calls behind them.
///
/// May know: Netty's epoll transport and jffi, which JNR-POSIX stands on; nothing of services. jffi appears in
/// [NativeFunction] and [Libc] only, Netty in [EpollLoop] only. Begin with [Kernel], the seam that a simulated
/// kernel can stand behind, then [EventLoop] and [KernelFd]; [Machine] is the same for what only the first
/// process of a machine does.
@NullMarked
package dev.reeve.bridge;

import org.jspecify.annotations.NullMarked;
