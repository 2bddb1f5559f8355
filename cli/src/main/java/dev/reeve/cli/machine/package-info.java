/// What a machine needs whose init reeve is: the directory that `reeve-init` boots from, its rehearsal, and the links
/// in /sbin.
///
/// May know: `outside`, the JDK. Begin with [InitDirectory].
@NullMarked
package dev.reeve.cli.machine;

import org.jspecify.annotations.NullMarked;
