package dev.reeve.cli.s6;

import java.util.Map;
import java.util.Properties;

/// The environment that the launcher was started with. It changes some variables for the JVM, and tells in
/// system properties what they were: a program that a verb runs is none of the JVM's.
final class CallersEnvironment {
    private static final String PROPERTY = "reeve.caller.";

    private static final String[] CHANGED = {
        "LC_ALL", "LOCPATH", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH"
    };

    private CallersEnvironment() {}

    static void restore(Map<String, String> environment, Properties properties) {
        if (!properties.containsKey("reeve.home")) {
            return;
        }
        for (String name : CHANGED) {
            String value = properties.getProperty(PROPERTY + name);
            if (value == null) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        }
    }
}
