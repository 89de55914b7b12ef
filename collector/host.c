#include "host.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

/*
 * Implementer (bits 31..24) and part number (bits 15..4) of MIDR_EL1, from Linux's
 * arch/arm64/include/asm/cputype.h; names as QEMU and GCC spell them. Implementer 0, part 0x051
 * is what QEMU gives the emulated "max".
 */
static const struct {
	uint8_t implementer;
	uint16_t part;
	const char *name;
} models[] = {
    {0x00, 0x051, "max"},
    {0x41, 0xd02, "cortex-a34"},
    {0x41, 0xd03, "cortex-a53"},
    {0x41, 0xd04, "cortex-a35"},
    {0x41, 0xd05, "cortex-a55"},
    {0x41, 0xd06, "cortex-a65"},
    {0x41, 0xd07, "cortex-a57"},
    {0x41, 0xd08, "cortex-a72"},
    {0x41, 0xd09, "cortex-a73"},
    {0x41, 0xd0a, "cortex-a75"},
    {0x41, 0xd0b, "cortex-a76"},
    {0x41, 0xd0c, "neoverse-n1"},
    {0x41, 0xd0d, "cortex-a77"},
    {0x41, 0xd0e, "cortex-a76ae"},
    {0x41, 0xd40, "neoverse-v1"},
    {0x41, 0xd41, "cortex-a78"},
    {0x41, 0xd42, "cortex-a78ae"},
    {0x41, 0xd44, "cortex-x1"},
    {0x41, 0xd46, "cortex-a510"},
    {0x41, 0xd47, "cortex-a710"},
    {0x41, 0xd48, "cortex-x2"},
    {0x41, 0xd49, "neoverse-n2"},
    {0x41, 0xd4a, "neoverse-e1"},
    {0x41, 0xd4b, "cortex-a78c"},
    {0x41, 0xd4c, "cortex-x1c"},
    {0x41, 0xd4d, "cortex-a715"},
    {0x41, 0xd4e, "cortex-x3"},
    {0x41, 0xd4f, "neoverse-v2"},
    {0x41, 0xd80, "cortex-a520"},
    {0x41, 0xd81, "cortex-a720"},
    {0x41, 0xd82, "cortex-x4"},
    {0x41, 0xd83, "neoverse-v3ae"},
    {0x41, 0xd84, "neoverse-v3"},
    {0x41, 0xd85, "cortex-x925"},
    {0x41, 0xd87, "cortex-a725"},
    {0x41, 0xd8e, "neoverse-n3"},
    {0x42, 0x516, "thunderx2t99"},
    {0x43, 0x0a1, "thunderx"},
    {0x43, 0x0af, "thunderx2t99"},
    {0x46, 0x001, "a64fx"},
    {0x48, 0xd01, "tsv110"},
    {0x48, 0xd02, "hip09"},
    {0x48, 0xd06, "hip12"},
    {0x4e, 0x004, "carmel"},
    {0x4e, 0x010, "olympus"},
    {0x51, 0x001, "oryon-1"},
    {0x51, 0xc00, "falkor"},
    {0x6d, 0xd49, "cobalt-100"},
    {0xc0, 0xac3, "ampere1"},
    {0xc0, 0xac4, "ampere1a"},
};

static void copy(char *to, size_t size, const char *from) { snprintf(to, size, "%s", from); }

bool host_read(struct host *host, char machine[HOST_TEXT_SIZE])
{
	struct utsname names;
	if (uname(&names) != 0) {
		copy(machine, HOST_TEXT_SIZE, "unknown");
		return false;
	}
	copy(machine, HOST_TEXT_SIZE, names.machine);
	copy(host->kernel_release, sizeof host->kernel_release, names.release);
	host_package(names.version, host->package, sizeof host->package);
	return strcmp(names.machine, "aarch64") == 0;
}

void host_package(const char *uname_version, char *package, size_t size)
{
	static const char debian[] = " Debian ";
	const char *found = strstr(uname_version, debian);
	if (found != NULL) {
		const char *version = found + sizeof debian - 1;
		snprintf(package, size, "Debian linux %.*s", (int)strcspn(version, " "), version);
	} else {
		copy(package, size, uname_version);
	}
}

bool host_sysfs_midr(uint64_t *midr)
{
	FILE *file = fopen("/sys/devices/system/cpu/cpu0/regs/identification/midr_el1", "re");
	if (file == NULL)
		return false;
	bool read = fscanf(file, "%" SCNx64, midr) == 1;
	fclose(file);
	return read;
}

const char *host_cpu_model(uint64_t midr)
{
	uint8_t implementer = (uint8_t)(midr >> 24);
	uint16_t part = (uint16_t)(midr >> 4) & 0xfff;
	for (size_t i = 0; i < sizeof models / sizeof models[0]; i++)
		if (models[i].implementer == implementer && models[i].part == part)
			return models[i].name;
	return "host";
}
