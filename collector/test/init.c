/*
 * The first process of the machine that test/run boots: runs the collector in several situations,
 * prints what each wrote and its exit code between markers, and switches the machine off.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum situation { ROOT, NOBODY, AARCH32_UNAME, FULL_DISK };

static void print_file(const char *path)
{
	char buffer[4096];
	ssize_t count;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	fflush(stdout);
	while (fd >= 0 && (count = read(fd, buffer, sizeof buffer)) > 0)
		if (write(STDOUT_FILENO, buffer, (size_t)count) != count)
			break;
	close(fd);
}

static void redirect(int to, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || dup2(fd, to) < 0)
		_exit(125);
}

static void run(const char *name, enum situation situation, char *const arguments[])
{
	static char program[] = "/migreg-collect";
	char *argv[8] = {program};
	for (int i = 0; i < 6 && arguments[i] != NULL; i++)
		argv[i + 1] = arguments[i];

	pid_t child = fork();
	if (child == 0) {
		redirect(STDOUT_FILENO, situation == FULL_DISK ? "/dev/full" : "/out");
		redirect(STDERR_FILENO, "/err");
		if (situation == NOBODY && setuid(65534) != 0)
			_exit(126);
		if (situation == AARCH32_UNAME && personality(PER_LINUX32) < 0)
			_exit(77);
		execv(program, argv);
		_exit(127);
	}
	int status = 0;
	waitpid(child, &status, 0);
	printf("@@ begin %s\n", name);
	print_file("/out");
	printf("@@ messages %s\n", name);
	print_file("/err");
	printf("@@ end %s %d\n", name, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	fflush(stdout);
	unlink("/out");
}

#define RUN(name, situation, ...) run(name, situation, (char *[]){__VA_ARGS__ NULL})
#define ARGUMENT(text) (char[]){text}

int main(void)
{
	struct termios console;
	if (tcgetattr(STDOUT_FILENO, &console) == 0) {
		cfmakeraw(&console);
		tcsetattr(STDOUT_FILENO, TCSANOW, &console);
	}

	RUN("no-device", ROOT, );
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	if (mount("proc", "/proc", "proc", 0, NULL) != 0 ||
	    mount("sysfs", "/sys", "sysfs", 0, NULL) != 0 ||
	    mount("devtmpfs", "/dev", "devtmpfs", 0, NULL) != 0)
		perror("@@ mount");
	chmod("/dev/kvm", 0600);

	RUN("all", ROOT, );
	RUN("again", ROOT, );
	RUN("psci", ROOT, ARGUMENT("--feature-set"), ARGUMENT("psci"), );
	RUN("mte", ROOT, ARGUMENT("--feature-set"), ARGUMENT("qemu-host+mte"), );
	RUN("el2", ROOT, ARGUMENT("--feature-set=qemu-host+el2"), );
	RUN("labels", ROOT, ARGUMENT("--feature-set"), ARGUMENT("qemu-host"), ARGUMENT("--cpu-model"),
	    ARGUMENT("a \"model\""), ARGUMENT("--package"), ARGUMENT("kernel-core-6.12"), );
	RUN("no-permission", NOBODY, );
	RUN("not-arm64", AARCH32_UNAME, );
	RUN("disk-full", FULL_DISK, );
	RUN("help", ROOT, ARGUMENT("--help"), );
	RUN("list", ROOT, ARGUMENT("--list-feature-sets"), );
	RUN("unknown-feature-set", ROOT, ARGUMENT("--feature-set"), ARGUMENT("psci+sve"), );
	RUN("unknown-option", ROOT, ARGUMENT("--nonsense"), );
	RUN("operand", ROOT, ARGUMENT("psci"), );
	RUN("empty-label", ROOT, ARGUMENT("--cpu-model"), ARGUMENT(""), );

	puts("@@ done");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	reboot(RB_POWER_OFF);
	return EXIT_FAILURE;
}
