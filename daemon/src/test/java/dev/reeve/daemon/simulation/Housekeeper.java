package dev.reeve.daemon.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Someone who edits services' files, and adds, removes, renames, swaps and replaces their directories.
final class Housekeeper {
    private final Weather weather;
    private final Map<String, SimulatedDirectory> scanDirectory;
    private final List<SimulatedDirectory> attic = new ArrayList<>();
    private int made;

    Housekeeper(Weather weather, Map<String, SimulatedDirectory> scanDirectory) {
        this.weather = weather;
        this.scanDirectory = scanDirectory;
    }

    void add() {
        put("service-" + made);
    }

    void edit() {
        if (!scanDirectory.isEmpty()) {
            weather.oneOf(List.copyOf(scanDirectory.values())).change(weather);
        }
    }

    void rearrange() {
        if (scanDirectory.isEmpty()) {
            add();
            return;
        }
        String name = anyName();
        switch (weather.below(6)) {
            case 0 -> add();
            case 1 -> take(name).files.clear();
            case 2 -> attic.add(take(name));
            case 3 -> rename(name, "service-" + made++);
            case 4 -> {
                attic.add(take(name));
                put(name);
            }
            default -> {
                if (attic.isEmpty()) {
                    swap(name, anyName());
                } else {
                    SimulatedDirectory replaced = take(name);
                    scanDirectory.put(name, attic.removeFirst());
                    attic.add(replaced);
                }
            }
        }
    }

    private void put(String name) {
        SimulatedDirectory directory = new SimulatedDirectory("directory-" + made);
        made++;
        directory.change(weather);
        scanDirectory.put(name, directory);
    }

    private void rename(String from, String to) {
        scanDirectory.put(to, take(from));
    }

    private void swap(String one, String other) {
        if (!one.equals(other)) {
            SimulatedDirectory directory = take(one);
            rename(other, one);
            scanDirectory.put(other, directory);
        }
    }

    private SimulatedDirectory take(String name) {
        return Objects.requireNonNull(scanDirectory.remove(name));
    }

    private String anyName() {
        return weather.oneOf(List.copyOf(scanDirectory.keySet()));
    }
}
