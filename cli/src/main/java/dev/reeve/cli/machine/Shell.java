package dev.reeve.cli.machine;

/// Words for sh(1).
final class Shell {
    private Shell() {}

    /// As it takes them for one word, whatever they hold; plain words as they are.
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:,=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
