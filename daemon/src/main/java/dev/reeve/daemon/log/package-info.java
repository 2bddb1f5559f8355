/// The daemon's own words, on standard error, without ever waiting for who reads them.
///
/// May know: nothing but itself. Begin with [Log].
@NullMarked
package dev.reeve.daemon.log;

import org.jspecify.annotations.NullMarked;
