package dev.reeve.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo", description = "todo")
final class DemoCommand implements Callable<Integer> {

    DemoCommand(ReeveClient reeve) {
        if (reeve.json()) {
            throw new IllegalStateException();
        }
    }

    @Override
    public Integer call() {
        return 0;
    }
}
