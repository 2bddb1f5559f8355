package dev.reeve.daemon.process;

import java.util.function.Consumer;

/// What is held of a service's directory for as long as the service is known.
public interface DirectoryHold {

    /// Nothing is held, so there is nothing to give back.
    DirectoryHold NONE = new DirectoryHold() {
        @Override
        public boolean keepDown(boolean isKept) {
            return false;
        }

        @Override
        public void writeOut(Consumer<String> problems) {}

        @Override
        public int descriptors() {
            return 0;
        }

        @Override
        public void release() {}
    };

    /// The file `down` is to be there, or not, before anything that is ordered later is told to anyone. Answers whether
    /// the hold sees to that; else whoever asks has to. Called on the loop's thread.
    boolean keepDown(boolean isKept);

    /// When this returns, whatever the hold has to write of what has happened so far is on the disk; what fails
    /// is told. May block, so only errands call it.
    void writeOut(Consumer<String> problems);

    /// How many are open.
    int descriptors();

    /// The service is forgotten, or was not taken up after all. Called on the loop's thread, or by the errand that
    /// took the hold; once.
    void release();
}
