package dev.reeve.daemon.life;

import java.util.List;
import java.util.Optional;

/// What follows from an event: why it is refused, in a sentence, if it is, and what is to be done, in this order.
public record LifeStep(Optional<String> refusal, List<LifeEffect> effects) {
    public static final LifeStep NOTHING = of();

    public static LifeStep of(LifeEffect... effects) {
        return new LifeStep(Optional.empty(), List.of(effects));
    }

    public static LifeStep refused(String reason) {
        return new LifeStep(Optional.of(reason), List.of());
    }
}
