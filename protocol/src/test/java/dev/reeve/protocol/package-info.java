/// What a line says, what a hostile line does not do, and that both sides understand each other.
@NullMarked
package dev.reeve.protocol;

import org.jspecify.annotations.NullMarked;
