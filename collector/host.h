/* What the host says about itself: kernel, package, CPU. */
#ifndef MIGREG_HOST_H
#define MIGREG_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HOST_TEXT_SIZE = 128 };

struct host {
	char kernel_release[HOST_TEXT_SIZE]; /* uname -r */
	char package[HOST_TEXT_SIZE];        /* read off uname -v, see host_package() */
};

/* False if this is not a 64-bit Arm kernel; `machine` then holds what it is. */
bool host_read(struct host *host, char machine[HOST_TEXT_SIZE]);

/*
 * The package a kernel was built from, as far as uname -v tells: Debian writes
 * "#1 SMP Debian 6.1.176-1 (2026-07-01)", which becomes "Debian linux 6.1.176-1". Any other text
 * is kept whole: it names the build, if not the package.
 */
void host_package(const char *uname_version, char *package, size_t size);

/* MIDR_EL1 of the first CPU as sysfs shows it; false where it does not. */
bool host_sysfs_midr(uint64_t *midr);

/* A name such as "neoverse-v1" for the implementer and part in `midr`, or "host". */
const char *host_cpu_model(uint64_t midr);

#endif
