@NullMarked
package dev.reeve.daemon.life;

import org.jspecify.annotations.NullMarked;
