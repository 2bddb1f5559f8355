/// The examples for real: a daemon and a client as built, servers from Debian's packages, and the servers' own clients.
///
/// Begin with [ServerScenarios], which says what holds for every server, and [ClientScenarioTest].
package dev.reeve.examples;
