package dev.reeve.daemon.config;

import dev.reeve.daemon.config.ListenSettings.InternetAddress;
import dev.reeve.daemon.config.ListenSettings.SocketFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads reeve's own `listen/`: a file a socket, named as the service knows it. The first line is the address, each
/// further line a word and its value.
final class ListenSettingsReader {
    static final String LISTEN = "listen";

    private static final int SOCKETS_MAX = 64;
    private static final int PORT_MAX = 65_535;
    private static final int PATH_BYTES_MAX = 107;
    private static final String USUAL_MODE = "0600";

    /// LISTEN_FDNAMES is joined by colons, sd_listen_fds(3).
    private static final String NAME_FORM = "[!-9;-~]{1,251}";

    private static final String IPV4_FORM = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
    private static final String IPV6_FORM = "\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]";
    private static final String EXPECTED = "an address such as tcp:127.0.0.1:8080, udp:[::1]:53 or unix:/run/x.sock"
            + " (tcp, udp, unix, unix-dgram, unix-seqpacket; IP addresses in figures, no names)";

    private final ServiceFiles files;
    private final List<Complaint> complaints;

    /// What is wrong is added to `complaints`. A service without one of its sockets would not be the same, so
    /// whoever asks starts none then.
    ListenSettingsReader(ServiceFiles files, List<Complaint> complaints) {
        this.files = files;
        this.complaints = complaints;
    }

    /// The lines that may follow an address, each by an example.
    private enum Option {
        BACKLOG("backlog 511"),
        MODE("mode 0660"),
        OWNER("owner www-data:www-data"),
        REUSEPORT("reuseport"),
        FREEBIND("freebind");

        private final String example;

        Option(String example) {
            this.example = example;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean hasValue() {
            return !example.equals(word());
        }
    }

    private static final Set<Option> OF_INTERNET = EnumSet.of(Option.BACKLOG, Option.REUSEPORT, Option.FREEBIND);
    private static final Set<Option> OF_FILE = EnumSet.of(Option.BACKLOG, Option.MODE, Option.OWNER);

    /// In the order of their names.
    List<ListenSettings> read() {
        List<String> sockets = files.in(LISTEN);
        if (sockets.size() > SOCKETS_MAX) {
            complaints.add(new Complaint(LISTEN, sockets.size() + " sockets are more than " + SOCKETS_MAX));
            return List.of();
        }
        List<ListenSettings> settings = new ArrayList<>(sockets.size());
        for (String file : sockets) {
            try {
                settings.add(read(file));
            } catch (Refused e) {
                complaints.add(new Complaint(file, e.getMessage()));
            }
        }
        return settings;
    }

    private ListenSettings read(String file) throws Refused {
        String name = file.substring(LISTEN.length() + 1);
        if (!name.matches(NAME_FORM)) {
            throw new Refused("a socket's name is of visible ASCII characters without a colon");
        }
        List<String> lines = files.texts().getOrDefault(file, "").lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        List<String> more = lines.isEmpty() ? lines : lines.subList(1, lines.size());
        int colon = first.indexOf(':');
        String rest = first.substring(colon + 1);
        return switch (first.substring(0, Math.max(colon, 0))) {
            case "tcp" -> internet(name, ListenSettings.Type.STREAM, first, rest, more);
            case "udp" -> internet(name, ListenSettings.Type.DATAGRAM, first, rest, more);
            case "unix" -> socketFile(name, ListenSettings.Type.STREAM, first, rest, more);
            case "unix-dgram" -> socketFile(name, ListenSettings.Type.DATAGRAM, first, rest, more);
            case "unix-seqpacket" -> socketFile(name, ListenSettings.Type.SEQPACKET, first, rest, more);
            default -> throw isNot(first, EXPECTED);
        };
    }

    private static ListenSettings internet(
            String name, ListenSettings.Type type, String line, String text, List<String> more) throws Refused {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        String port = text.substring(colon + 1);
        boolean isVersion6 = host.matches(IPV6_FORM);
        if ((!isVersion6 && !host.matches(IPV4_FORM)) || !port.matches("[0-9]{1,5}")) {
            throw isNot(line, EXPECTED);
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > PORT_MAX) {
            throw new Refused(port + " is no port: it must be from 1 to " + PORT_MAX);
        }
        Map<Option, String> options = options(more, OF_INTERNET);
        InternetAddress address = new InternetAddress(
                isVersion6 ? host.substring(1, host.length() - 1) : host,
                number,
                options.containsKey(Option.REUSEPORT),
                options.containsKey(Option.FREEBIND));
        return new ListenSettings(name, type, address, backlog(options));
    }

    private static ListenSettings socketFile(
            String name, ListenSettings.Type type, String line, String path, List<String> more) throws Refused {
        if (!path.startsWith("/") || path.endsWith("/") || path.indexOf('\0') >= 0) {
            throw isNot(line, EXPECTED);
        }
        if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw new Refused("the path of a socket has at most " + PATH_BYTES_MAX + " bytes, and this one has more");
        }
        Map<Option, String> options = options(more, OF_FILE);
        String mode = options.getOrDefault(Option.MODE, USUAL_MODE);
        if (!mode.matches("0?[0-7]{3}")) {
            throw isNot(mode, "a mode such as 0660");
        }
        Optional<String> owner = Optional.ofNullable(options.get(Option.OWNER));
        if (owner.isPresent() && !owner.get().matches("[^\\s:]+(:[^\\s:]+)?")) {
            throw isNot(owner.get(), "USER or USER:GROUP");
        }
        return new ListenSettings(name, type, new SocketFile(path, Integer.parseInt(mode, 8), owner), backlog(options));
    }

    private static int backlog(Map<Option, String> options) throws Refused {
        String backlog = options.getOrDefault(Option.BACKLOG, Integer.toString(ListenSettings.BACKLOG_MAX));
        if (!backlog.matches("[0-9]{1,10}") || Long.parseLong(backlog) > ListenSettings.BACKLOG_MAX) {
            throw isNot(backlog, "a number of connections such as 511");
        }
        return Integer.parseInt(backlog);
    }

    private static Map<Option, String> options(List<String> lines, Set<Option> possible) throws Refused {
        Map<Option, String> options = new EnumMap<>(Option.class);
        for (String line : lines) {
            String[] words = line.strip().split("\\s+", 2);
            String value = words.length == 2 ? words[1] : "";
            Option option = possible.stream()
                    .filter(it -> it.word().equals(words[0]) && it.hasValue() == !value.isEmpty())
                    .findFirst()
                    .orElseThrow(
                            () -> isNot(line, "a line that may follow this address, such as " + examples(possible)));
            if (options.put(option, value) != null) {
                throw new Refused("two lines say " + option.word());
            }
        }
        return options;
    }

    private static String examples(Set<Option> options) {
        return options.stream().map(option -> option.example).collect(Collectors.joining(", "));
    }

    private static Refused isNot(String text, String expected) {
        return new Refused(SettingTexts.quoted(text) + " is not " + expected);
    }

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
