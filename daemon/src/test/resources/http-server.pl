# The least of an HTTP server, for the tests: answers every request on a connection with its pid. The socket that it
# listens on is the one that it is handed (sd_listen_fds(3)), or one of its own on the port of its first argument.
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;

$SIG{PIPE} = 'IGNORE';

my $listener;
if (@ARGV) {
    $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Listen => 511, ReuseAddr => 1)
        or die "bind: $!";
} else {
    die 'LISTEN_PID is not mine' unless ($ENV{LISTEN_PID} // 0) == $$;
    die 'LISTEN_FDS is not 1' unless $ENV{LISTEN_FDS} == 1;
    $listener = IO::Socket::INET->new_from_fd(3, 'r+') or die "descriptor 3: $!";
}
# Another process may have taken the connection that woke this one.
$listener->blocking(0);

my $answer = sprintf "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", length "$$", $$;
my %heard;
my $sockets = IO::Select->new($listener);
syswrite(\*READY, "\n") if open READY, '>&=', 4;
close READY;

while (my @readable = $sockets->can_read) {
    for my $socket (@readable) {
        if ($socket == $listener) {
            my $client = $listener->accept or next;
            $sockets->add($client);
            $heard{$client} = '';
        } elsif (sysread $socket, $heard{$socket}, 65536, length $heard{$socket}) {
            while ($heard{$socket} =~ s/^.*?\r\n\r\n//s) {
                syswrite $socket, $answer;
            }
        } else {
            delete $heard{$socket};
            $sockets->remove($socket);
            close $socket;
        }
    }
}
