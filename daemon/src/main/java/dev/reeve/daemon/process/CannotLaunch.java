package dev.reeve.daemon.process;

/// Why a program of a service cannot be executed as its files say, in a sentence that says what to do.
final class CannotLaunch extends Exception {
    private static final long serialVersionUID = 1;

    CannotLaunch(String problem) {
        super(problem, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
