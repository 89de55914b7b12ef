#include "qemu.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { SECONDS = 10, OUTPUT_SIZE = 4096, CHUNK = 1 << 16 };

/* A debug build has some 300 MB; what is longer is not read. */
static const long long longest_file = 1LL << 30;

static const char *const places[] = {"/usr/bin/qemu-system-aarch64", "/usr/libexec/qemu-kvm",
                                     "/usr/local/bin/qemu-system-aarch64", "/usr/bin/qemu-kvm"};

static long long milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* What comes before the end, the time limit or a full buffer. */
static void read_output(int fd, char output[OUTPUT_SIZE])
{
	size_t length = 0;
	long long end = milliseconds() + SECONDS * 1000LL;
	while (length < OUTPUT_SIZE - 1) {
		long long left = end - milliseconds();
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		if (left <= 0 || poll(&ready, 1, (int)left) <= 0)
			break;
		ssize_t got = read(fd, output + length, OUTPUT_SIZE - 1 - length);
		if (got <= 0)
			break;
		length += (size_t)got;
	}
	output[length] = '\0';
}

/* No shell, no standard input, and its messages go nowhere. */
static bool run(const char *path, char output[OUTPUT_SIZE])
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	char *arguments[] = {strdup(path), strdup("--version"), NULL};
	pid_t child;
	bool started = arguments[0] != NULL && arguments[1] != NULL &&
	               posix_spawn(&child, path, &actions, NULL, arguments, environ) == 0;
	posix_spawn_file_actions_destroy(&actions);
	free(arguments[0]);
	free(arguments[1]);
	close(ends[1]);
	if (started) {
		read_output(ends[0], output);
		/* It has said what is wanted, or takes too long. */
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	close(ends[0]);
	return started;
}

/* The rest of the line after "QEMU emulator version ", if that is what the service takes. */
static bool read_version(const char *output, struct qemu *qemu)
{
	static const char before[] = "QEMU emulator version ";
	if (strncmp(output, before, sizeof before - 1) != 0)
		return false;
	const char *version = output + sizeof before - 1;
	size_t length = strcspn(version, "\n");
	int major, minor;
	if (version[length] != '\n' || length >= sizeof qemu->version ||
	    sscanf(version, "%3d.%3d", &major, &minor) != 2)
		return false;
	for (size_t i = 0; i < length; i++)
		if (version[i] < ' ' || version[i] > '~')
			return false;
	snprintf(qemu->version, sizeof qemu->version, "%.*s", (int)length, version);
	return true;
}

/* The names of its properties stand in the program; a script that starts one tells nothing. */
static void look_for_properties(const char *path, struct qemu *qemu)
{
	static const char *const names[] = {"x-mig-hidden-regs", "x-mig-safe-missing-regs"};
	enum { LONGEST = 32 };
	static char text[LONGEST + CHUNK];
	bool found[2] = {false, false};
	long long total = 0;
	size_t kept = 0, got;
	qemu->properties_known = qemu->has_properties = false;
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return;
	while (total <= longest_file && (got = fread(text + kept, 1, CHUNK, file)) > 0) {
		if (total == 0 && (got < 4 || memcmp(text, "\177ELF", 4) != 0))
			break;
		total += (long long)got;
		size_t length = kept + got;
		for (size_t i = 0; i < 2; i++)
			found[i] = found[i] || memmem(text, length, names[i], strlen(names[i])) != NULL;
		kept = length < LONGEST ? length : LONGEST;
		memmove(text, text + length - kept, kept);
	}
	qemu->properties_known = total > 0 && feof(file) && !ferror(file);
	qemu->has_properties = found[0] && found[1];
	fclose(file);
}

bool qemu_read(const char *path, struct qemu *qemu)
{
	char output[OUTPUT_SIZE];
	if (!run(path, output) || !read_version(output, qemu))
		return false;
	look_for_properties(path, qemu);
	return true;
}

bool qemu_find(struct qemu *qemu)
{
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (access(places[i], X_OK) == 0)
			return qemu_read(places[i], qemu);
	return false;
}
