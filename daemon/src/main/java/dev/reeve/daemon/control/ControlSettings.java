package dev.reeve.daemon.control;

import java.nio.file.Path;
import java.util.Optional;

/// Where clients find the daemon, and who may be one.
///
/// Root and the daemon's own user may do everything; so may the members of `group`, a name or number, if there is
/// one. If there are `readers`, its members may look, on the socket [#readersSocket].
public record ControlSettings(Path socket, Optional<String> group, Optional<String> readers) {

    /// Beside the control socket.
    Path readersSocket() {
        return socket.resolveSibling("status.sock");
    }
}
