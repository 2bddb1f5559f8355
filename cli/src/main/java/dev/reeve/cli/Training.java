package dev.reeve.cli;

import dev.reeve.cli.outside.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What `bin/dist` runs to have the JVM write its cache of all that the client loads: the commands that standard
/// input has, one a line.
final class Training {
    private Training() {}

    public static void main(String[] arguments) throws IOException {
        List<String> commands;
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            commands = input.lines().toList();
        }
        for (String command : commands) {
            ReeveClient.run(Surroundings.ofThisProcess(), command.split(" "));
        }
    }
}
