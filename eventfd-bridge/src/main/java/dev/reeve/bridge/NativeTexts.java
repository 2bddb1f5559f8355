package dev.reeve.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the array of texts that was asked for twice in a row: most services are started with the same environment,
/// which need not be copied for each. Any thread may ask.
final class NativeTexts {
    /// What was asked for last.
    private volatile @Nullable List<byte[]> latest;

    private volatile @Nullable Kept kept;

    private record Kept(List<byte[]> texts, Array array) {}

    /// It is there for as long as `memory` is reachable, and, where that is the thread's own, until its next call.
    record Array(long address, NativeMemory memory) {}

    /// What [NativeMemory#texts] makes of the list, which nobody may change: in `memory`, or in one that is kept.
    @SuppressWarnings("ReferenceEquality") // To compare the texts would take as long as to copy them.
    Array of(String call, List<byte[]> texts, NativeMemory memory) throws ErrnoException {
        Kept found = kept;
        if (found != null && found.texts == texts) {
            return found.array;
        }
        if (latest != texts) {
            latest = texts;
            return new Array(memory.texts(call, texts), memory);
        }
        NativeMemory own = new NativeMemory((int) NativeMemory.sizeOf(texts));
        Array array = new Array(own.texts(call, texts), own);
        kept = new Kept(texts, array);
        return array;
    }
}
