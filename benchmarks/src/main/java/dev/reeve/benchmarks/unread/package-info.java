/// What one client feels of 999 others, most of which never read what they are told.
///
/// Begin with [BenchUnread].
@NullMarked
package dev.reeve.benchmarks.unread;

import org.jspecify.annotations.NullMarked;
