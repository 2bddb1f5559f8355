/// The production reactor on a kernel that is made up: virtual time, one seed, and bad luck of every kind.
///
/// Begin with [FleetSimulationTest], then [Simulation]. A run is the same each time for the same seed.
@NullMarked
package dev.reeve.daemon.simulation;

import org.jspecify.annotations.NullMarked;
