package dev.reeve.daemon.process;

/// What is held of a service's directory for as long as the service is known.
public interface DirectoryHold {

    /// Nothing is held, so there is nothing to give back.
    DirectoryHold NONE = () -> {};

    /// The service is forgotten, or was not taken up after all. Called on the loop's thread, or by the errand that
    /// took the hold; once.
    void release();
}
