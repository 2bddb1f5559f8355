/// The distribution that `bin/dist` makes, used as those use it who have nothing else of reeve.
@NullMarked
package dev.reeve.dist;

import org.jspecify.annotations.NullMarked;
