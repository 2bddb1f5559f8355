package dev.reeve.bridge;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The environment that this process was given: environ(7), byte for byte, which Java's would have decoded.
final class LinuxEnvironment {
    private LinuxEnvironment() {}

    static List<byte[]> entries() {
        NativeMemory memory = NativeMemory.ofThread();
        byte[] name = "environ\0".getBytes(StandardCharsets.US_ASCII);
        int symbol = memory.reserve(name.length);
        memory.bytes().put(symbol, name);
        List<byte[]> entries = new ArrayList<>();
        long entry = pointerAt(LibcProcesses.dlsym(0, memory.address(symbol)));
        if (entry == 0) {
            return entries;
        }
        for (long text = pointerAt(entry); text != 0; text = pointerAt(entry)) {
            entries.add(textAt(text));
            entry += Long.BYTES;
        }
        return entries;
    }

    private static long pointerAt(long address) {
        NativeMemory memory = NativeMemory.ofThread();
        int copy = memory.reserve(Long.BYTES);
        LibcProcesses.memcpy(memory.address(copy), address, Long.BYTES);
        return memory.bytes().getLong(copy);
    }

    private static byte[] textAt(long address) {
        NativeMemory memory = NativeMemory.ofThread();
        byte[] text = new byte[Math.toIntExact(LibcProcesses.strlen(address))];
        memory.ensureSize(text.length);
        int copy = memory.reserve(text.length);
        LibcProcesses.memcpy(memory.address(copy), address, text.length);
        memory.bytes().get(copy, text);
        return text;
    }
}
