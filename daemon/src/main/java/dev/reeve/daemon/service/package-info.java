/// One service: where it is in its life, what can happen to it, and what follows. Pure: no I/O, clock, thread or
/// randomness.
///
/// May know: nothing but itself. Begin with [ServiceState], then [ServiceMachine]; the whole table is drawn in
/// docs/service-states.md.
@NullMarked
package dev.reeve.daemon.service;

import org.jspecify.annotations.NullMarked;
