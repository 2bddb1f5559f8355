package dev.reeve.cli;

import dev.reeve.cli.outside.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Lines for people: as they are, but for TAI64N labels, which become local time, and for what could steer a
/// terminal.
///
/// `before` stands in front of each. `raw` leaves even those as they are.
record LogText(String before, TaiClock clock, ZoneId zone, boolean onTerminal, boolean raw) implements LogFormat {

    /// As s6-tai64nlocal has it.
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.nnnnnnnnn");

    @Override
    public void append(byte[] bytes, int offset, int length, ByteArrayOutputStream to) {
        to.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        Instant at = raw ? null : clock.read(bytes, offset, length);
        int label = at == null ? 0 : TaiClock.LABEL_LENGTH;
        if (at != null) {
            to.writeBytes(TIME.format(at.atZone(zone)).getBytes(StandardCharsets.UTF_8));
        }
        if (onTerminal && !raw) {
            String text = new String(bytes, offset + label, length - label, StandardCharsets.UTF_8);
            to.writeBytes(Output.printableWithTabs(text).getBytes(StandardCharsets.UTF_8));
        } else {
            to.write(bytes, offset + label, length - label);
        }
        to.write('\n');
    }
}
