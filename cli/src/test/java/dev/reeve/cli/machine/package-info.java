/// What a machine boots from, in a temporary directory.
@NullMarked
package dev.reeve.cli.machine;

import org.jspecify.annotations.NullMarked;
