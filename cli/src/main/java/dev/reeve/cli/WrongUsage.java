package dev.reeve.cli;

import dev.reeve.cli.outside.NearestName;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, as a sentence. picocli's own speak of arguments by their index.
final class WrongUsage {
    private WrongUsage() {}

    static String sentence(ParameterException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String help = command.qualifiedName() + " --help";
        return switch (failure) {
            case UnmatchedArgumentException unmatched
            when unmatched.isUnknownOption() ->
                unknownOption(unmatched.getUnmatched().getFirst(), command, help);
            case UnmatchedArgumentException unmatched ->
                unmatched.getUnmatched().getFirst() + " is one word too many; see " + help;
            case MissingParameterException missing -> missing(missing.getMissing()) + "; see " + help;
            default -> failure.getMessage() + "; see " + help;
        };
    }

    private static String unknownOption(String option, CommandSpec command, String help) {
        String hint = NearestName.to(option, command.optionsMap().keySet())
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse(help + " names those there are");
        return "there is no option " + option + ": " + hint;
    }

    private static String missing(List<ArgSpec> missing) {
        ArgSpec first = missing.getFirst();
        if (first instanceof OptionSpec option && option.group() == null) {
            return option.longestName() + " needs a value: " + option.paramLabel();
        }
        return missing.stream().map(WrongUsage::asTyped).collect(Collectors.joining(" or ")) + " is missing";
    }

    private static String asTyped(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
