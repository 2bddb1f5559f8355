package dev.reeve.cli;

import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A command of `reeve`: what may be said to it, which its fields declare, and what it does.
///
/// picocli is told of that by calls. To read it from annotations, its usual way, took a third of a client's life:
/// Java makes a class for each kind of annotation, at each start.
abstract class ReeveCommand implements Callable<Integer> {

    final ReeveClient reeve;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    ReeveCommand(ReeveClient reeve, CommandName name, String description) {
        this.reeve = reeve;
        spec.name(name.word()).usageMessage().description(description);
    }

    final CommandSpec spec() {
        return spec;
    }

    /// Takes it as one more thing that may be said.
    final Flag with(Flag flag) {
        spec.addOption(flag.spec());
        return flag;
    }

    /// As [#with(Flag)].
    final <T> Value<T> with(Value<T> value) {
        spec.add(value.spec());
        return value;
    }

    /// Takes them as things of which one may be said, or has to be if `multiplicity` is 1.
    final void oneOf(String multiplicity, ArgSpec... alternatives) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder().exclusive(true).multiplicity(multiplicity);
        Stream.of(alternatives).forEach(group::addArg);
        spec.addArgGroup(group.build());
    }

    /// For what was said and cannot be meant.
    final ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
