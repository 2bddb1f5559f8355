package dev.reeve.daemon.s6;

import dev.reeve.daemon.service.ExitStatus;
import dev.reeve.daemon.service.Moment;
import dev.reeve.daemon.service.Pid;
import dev.reeve.daemon.service.RunSettings;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Takes values apart by their components, to tell whether they are alike but for the time of the day: a moment counts
/// by how far away it is, and what is long ago is just that.
final class Alike {
    /// The longest that any rule of a [SampleDirectory] looks back.
    private static final Duration LONG_AGO = Duration.ofSeconds(2);

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            return components;
        }
    };

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .toList();
            fields.forEach(field -> field.setAccessible(true));
            return fields;
        }
    };

    private Alike() {}

    static Object of(Object value, Moment now) {
        return switch (value) {
            case Moment moment -> away(moment, now);
            // Stamps, counters, pids, exits: they are compared at each step, and nobody decides by them later.
            case Instant _, Number _, Pid _, ExitStatus _ -> "";
            // The files are those of one directory.
            case RunSettings _ -> "";
            case Record record -> ofComponents(record, now);
            case Optional<?> optional -> optional.isPresent() ? of(optional.get(), now) : "";
            case List<?> list -> list.stream().map(element -> of(element, now)).toList();
            default -> value;
        };
    }

    static Object ofFields(Object value, Moment now) {
        return FIELDS.get(value.getClass()).stream()
                .map(field -> of(read(value, field), now))
                .toList();
    }

    private static Object ofComponents(Record record, Moment now) {
        RecordComponent[] components = COMPONENTS.get(record.getClass());
        Object[] values = new Object[components.length + 1];
        values[0] = record.getClass();
        for (int i = 0; i < components.length; i++) {
            values[i + 1] = of(read(record, components[i]), now);
        }
        return List.of(values);
    }

    /// Makes one like the other in every field.
    static <T> T copy(T from, T to) {
        for (Field field : FIELDS.get(from.getClass())) {
            try {
                field.set(to, field.get(from));
            } catch (IllegalAccessException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
        return to;
    }

    private static Object away(Moment moment, Moment now) {
        if (moment.equals(Moment.NEVER)) {
            return "never";
        }
        boolean longAgo = moment.nanos() <= now.nanos() - LONG_AGO.toNanos();
        return longAgo ? "long ago" : moment.since(now);
    }

    private static Object read(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Object read(Object value, Field field) {
        try {
            return field.get(value);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
