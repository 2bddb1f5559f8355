package dev.reeve.protocol;

/// The version of reeve. A constant, because reading a resource costs at every start; a test compares it with the POM.
public final class ReeveVersion {

    /// As users see it.
    public static final String CURRENT = "0.1.0";

    private ReeveVersion() {}
}
