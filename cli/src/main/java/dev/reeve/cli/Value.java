package dev.reeve.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Range;

/// What is said by an option that has a value, or by words that belong to no option. In help texts a label stands
/// for it.
record Value<T>(ArgSpec spec) {
    static <T> Value<T> ofOption(
            String name, String label, Class<T> type, String description, ITypeConverter<?>... converter) {
        return new Value<>(OptionSpec.builder(name)
                .paramLabel(label)
                .type(type)
                .converters(converter)
                .description(description)
                .build());
    }

    /// An option that may be given several times.
    static Value<List<String>> ofOptions(String name, String label, String description) {
        return new Value<>(OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
    }

    /// The first word, which has to be there unless `arity` says that it need not.
    static <T> Value<T> ofWord(
            String arity, String label, Class<T> type, String description, ITypeConverter<?>... converter) {
        return new Value<>(PositionalParamSpec.builder()
                .index("0")
                .arity(arity)
                .required(Range.valueOf(arity).min() > 0)
                .paramLabel(label)
                .type(type)
                .converters(converter)
                .description(description)
                .build());
    }

    /// The words at these places, so many of them.
    static Value<List<String>> ofWords(String places, String arity, String label, String description) {
        return new Value<>(PositionalParamSpec.builder()
                .index(places)
                .arity(arity)
                .required(Range.valueOf(arity).min() > 0)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
    }

    /// Null where nothing was said.
    @Nullable
    T orNull() {
        return spec.getValue();
    }

    T or(T otherwise) {
        T said = spec.getValue();
        return said == null ? otherwise : said;
    }
}
