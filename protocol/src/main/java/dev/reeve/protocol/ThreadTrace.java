package dev.reeve.protocol;

import java.util.List;

/// A thread of the daemon, and where it is: the innermost call first.
public record ThreadTrace(String name, String state, List<String> stack) {}
