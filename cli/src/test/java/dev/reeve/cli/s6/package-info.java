/// Every command against a daemon that a test plays, in one process: what is asked, what is printed, what the exit code
/// is.
@NullMarked
package dev.reeve.cli.s6;

import org.jspecify.annotations.NullMarked;
