package dev.reeve.daemon.blackbox;

import java.util.List;

/// A place where reeve prints other lines than s6, and is meant to: a script declares it in its head, with the row of
/// docs/s6-compatibility.md that says why.
record Difference(String row, List<String> onS6, List<String> onReeve) {
    Difference {
        onS6 = List.copyOf(onS6);
        onReeve = List.copyOf(onReeve);
    }
}
