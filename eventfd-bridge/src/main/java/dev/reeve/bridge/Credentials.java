package dev.reeve.bridge;

import java.util.List;

/// Whom a process acts as.
public record Credentials(int user, int group, List<Integer> supplementaryGroups) {}
