#include "host.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

/*
 * Implementer (bits 31..24) and part number (bits 15..4) of MIDR_EL1, from Linux's
 * arch/arm64/include/asm/cputype.h, for the rest Arm's technical reference manuals. Implementer 0,
 * part 0x051 is what QEMU gives the emulated "max". The same table as the service's
 * (arm64-processors.csv), so that one processor has one name wherever it is read.
 */
static const struct {
	uint8_t implementer;
	uint16_t part;
	const char *name;
} models[] = {
    {0x00, 0x051, "max"},
    {0x41, 0xd01, "cortex-a32"},
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
    {0x41, 0xd0f, "aemv8"},
    {0x41, 0xd40, "neoverse-v1"},
    {0x41, 0xd41, "cortex-a78"},
    {0x41, 0xd42, "cortex-a78ae"},
    {0x41, 0xd43, "cortex-a65ae"},
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
    {0x41, 0xd88, "cortex-a520ae"},
    {0x41, 0xd89, "cortex-a720ae"},
    {0x41, 0xd8a, "c1-nano"},
    {0x41, 0xd8b, "c1-pro"},
    {0x41, 0xd8c, "c1-ultra"},
    {0x41, 0xd8e, "neoverse-n3"},
    {0x41, 0xd90, "c1-premium"},
    {0x42, 0x516, "vulcan"},
    {0x43, 0x0a1, "thunderx"},
    {0x43, 0x0a2, "thunderx-81xx"},
    {0x43, 0x0a3, "thunderx-83xx"},
    {0x43, 0x0af, "thunderx2"},
    {0x46, 0x001, "a64fx"},
    {0x48, 0xd01, "tsv110"},
    {0x48, 0xd02, "hip09"},
    {0x48, 0xd06, "hip12"},
    {0x4e, 0x003, "denver"},
    {0x4e, 0x004, "carmel"},
    {0x4e, 0x010, "olympus"},
    {0x50, 0x000, "x-gene"},
    {0x51, 0x001, "oryon"},
    {0x51, 0xc00, "falkor"},
    {0x51, 0xc01, "saphira"},
    {0x61, 0x022, "m1-icestorm"},
    {0x61, 0x023, "m1-firestorm"},
    {0x61, 0x024, "m1-icestorm-pro"},
    {0x61, 0x025, "m1-firestorm-pro"},
    {0x61, 0x028, "m1-icestorm-max"},
    {0x61, 0x029, "m1-firestorm-max"},
    {0x61, 0x032, "m2-blizzard"},
    {0x61, 0x033, "m2-avalanche"},
    {0x61, 0x034, "m2-blizzard-pro"},
    {0x61, 0x035, "m2-avalanche-pro"},
    {0x61, 0x038, "m2-blizzard-max"},
    {0x61, 0x039, "m2-avalanche-max"},
    {0x6d, 0xd49, "azure-cobalt-100"},
    {0xc0, 0xac3, "ampere-1"},
    {0xc0, 0xac4, "ampere-1a"},
    {0xc0, 0xac5, "ampere-1b"},
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
