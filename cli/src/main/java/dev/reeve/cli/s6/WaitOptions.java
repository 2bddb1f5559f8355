package dev.reeve.cli.s6;

import dev.reeve.cli.s6.Options.Option;
import java.util.List;

/// The options of the verbs that wait for several services: for what, for any of them or for all, and for how many
/// milliseconds (0: for ever).
record WaitOptions(WaitFor goal, boolean any, int timeout, List<String> operands) {

    /// The last of those that exclude each other counts.
    static WaitOptions of(Invocation invocation) throws Fatal {
        Options options = invocation.options(WaitFor.LETTERS + "aot:");
        WaitFor goal = WaitFor.UP;
        boolean any = false;
        int timeout = 0;
        for (Option option : options.given()) {
            switch (option.letter()) {
                case 'a' -> any = false;
                case 'o' -> any = true;
                case 't' -> timeout = invocation.number(option.argument());
                default -> goal = WaitFor.of(option.letter());
            }
        }
        return new WaitOptions(goal, any, timeout, options.operands());
    }
}
