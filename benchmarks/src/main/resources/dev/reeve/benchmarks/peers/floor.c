/* The least that a supervisor can do: starts `run` in every directory of the current one, and again whenever it ends.
 * SIGTERM ends all. It holds two descriptors for each service, as reeve does. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct service {
    int directory, pid, pidfd;
} services[100000];
static int loop;

static void start(struct service *service) {
    posix_spawnattr_t attributes;
    static char *argv[] = {"./run", NULL};
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addfchdir_np(&actions, service->directory);
    if (posix_spawn(&service->pid, "./run", &actions, &attributes, argv, environ)) abort();
    posix_spawn_file_actions_destroy(&actions);
    service->pidfd = syscall(SYS_pidfd_open, service->pid, 0);
    struct epoll_event readable = {EPOLLIN, {.ptr = service}};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, service->pidfd, &readable)) abort();
}

int main(void) {
    struct rlimit descriptors;
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    loop = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event told = {EPOLLIN, {.ptr = NULL}}, event;
    int terms = signalfd(-1, &term, SFD_CLOEXEC);
    epoll_ctl(loop, EPOLL_CTL_ADD, terms, &told);

    int count = 0, alive = 0, ending = 0;
    DIR *scan = opendir(".");
    for (struct dirent *entry; (entry = readdir(scan));) {
        if (entry->d_type != DT_DIR || entry->d_name[0] == '.') continue;
        services[count].directory = open(entry->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC);
        start(&services[count++]);
    }
    for (alive = count; alive > 0 || !ending;) {
        if (epoll_wait(loop, &event, 1, -1) != 1) continue;
        struct service *service = event.data.ptr;
        if (!service) {
            close(terms);
            for (ending = 1; count > 0;) kill(services[--count].pid, SIGTERM);
        } else {
            siginfo_t how;
            waitid(P_PIDFD, service->pidfd, &how, WEXITED);
            /* A child that is being spawned may hold a copy until it has closed what is close-on-exec, which is after
             * its parent goes on: closing alone could leave the pidfd in the loop, ready for ever. */
            epoll_ctl(loop, EPOLL_CTL_DEL, service->pidfd, NULL);
            close(service->pidfd);
            if (ending) alive--;
            else start(service);
        }
    }
    return 0;
}
