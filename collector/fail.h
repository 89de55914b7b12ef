/* Ways to end, each with its own exit code; the codes are part of the interface (README.md). */
#ifndef MIGREG_FAIL_H
#define MIGREG_FAIL_H

enum exit_code {
	EXIT_OK = 0,
	EXIT_KVM = 1, /* KVM, or writing the output, failed */
	EXIT_USAGE = 2,
	EXIT_NOT_ARM64 = 3,
	EXIT_NO_KVM = 4,
	EXIT_PERMISSION = 5,
	EXIT_NOT_OFFERED = 6
};

/* Prints "migreg-collect: " and the message on standard error, and exits. */
_Noreturn void fail(enum exit_code code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same without an end. */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
