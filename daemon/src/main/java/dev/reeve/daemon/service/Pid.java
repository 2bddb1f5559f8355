package dev.reeve.daemon.service;

/// The number of a process that has not been reaped.
public record Pid(int number) {}
