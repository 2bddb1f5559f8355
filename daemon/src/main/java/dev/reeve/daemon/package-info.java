/// `reeved`: wiring by hand. Begin with [ReeveDaemon].
@NullMarked
package dev.reeve.daemon;

import org.jspecify.annotations.NullMarked;
