package dev.reeve.cli;

import picocli.CommandLine.Model.OptionSpec;

/// An option that is given or not.
record Flag(OptionSpec spec) {
    static Flag of(String name, String description) {
        return of(OptionSpec.builder(name), description);
    }

    static Flag of(String letter, String name, String description) {
        return of(OptionSpec.builder(letter, name), description);
    }

    private static Flag of(OptionSpec.Builder option, String description) {
        return new Flag(option.type(boolean.class).description(description).build());
    }

    boolean isGiven() {
        return Boolean.TRUE.equals(spec.getValue());
    }
}
