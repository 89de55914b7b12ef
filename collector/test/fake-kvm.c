/*
 * A KVM for tests, in place of the kernel's: the linker puts __wrap_open(), __wrap_ioctl() and
 * __wrap_uname() where the collector calls the functions of these names. FAKE_KVM says what this
 * host is like, FAKE_MACHINE what uname -m tells.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#ifndef KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES
#define KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES 230
#endif
#ifndef KVM_CAP_ARM_EL2
#define KVM_CAP_ARM_EL2 240
#endif
#ifndef KVM_ARM_VCPU_HAS_EL2
#define KVM_ARM_VCPU_HAS_EL2 7
#endif
#ifndef KVM_ARM_GET_REG_WRITABLE_MASKS
struct reg_mask_range {
	__u64 addr;
	__u32 range;
	__u32 reserved[13];
};
#define KVM_ARM_GET_REG_WRITABLE_MASKS _IOR(KVMIO, 0xb6, struct reg_mask_range)
#endif

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_uname(struct utsname *names);

/* What the vCPU asked for so far; there is one VM with one vCPU at a time. */
static struct {
	unsigned features;
	bool initialized;
	bool sve_finalized;
	bool mte_enabled;
} vcpu;

enum { ALWAYS = 32, WITH_MTE };

/* In the order in which this KVM lists them; `feature` is the bit of the vCPU that brings one. */
static const struct {
	uint64_t id;
	unsigned feature;
	bool readable;
	unsigned char value[256];
} registers[] = {
    {0x6030000000100000, ALWAYS, true, {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef}},
    {0x603000000013c000, ALWAYS, true, {0x10, 0xd4, 0x1f, 0x41}},
    {0x603000000013c03a, ALWAYS, true, {0x22, 0x10}},
    {0x603000000013dce0, KVM_ARM_VCPU_PMU_V3, true, {0}},
    {0x6080000000150000, KVM_ARM_VCPU_SVE, true, {[0] = 0x07, [16] = 0xa0}},
    {0x603000000013c2b0, WITH_MTE, true, {0xff}},
    {0x603000000013e088, KVM_ARM_VCPU_HAS_EL2, true, {0}},
    {0x6020000000110000, ALWAYS, true, {0x23, 0x00, 0x30, 0x70}},
    {0x6030000000140000, ALWAYS, true, {0x03, 0x00, 0x01}},
    {0x603000000013df02, ALWAYS, false, {0}},
};
static const size_t register_count = sizeof registers / sizeof registers[0];

enum { HARDWARE_NV = 2, NV_SHIFT = 24 };

static bool host_is(const char *name)
{
	const char *host = getenv("FAKE_KVM");
	return host != NULL && strcmp(host, name) == 0;
}

static int refuse(int error)
{
	errno = error;
	return -1;
}

int __wrap_open(const char *path, int flags, ...)
{
	if (strcmp(path, "/dev/kvm") == 0) {
		if (host_is("absent"))
			return refuse(ENOENT);
		if (host_is("denied"))
			return refuse(EACCES);
		if (host_is("broken"))
			return refuse(EIO);
		path = "/dev/null";
	}
	return __real_open(path, flags);
}

int __wrap_uname(struct utsname *names)
{
	const char *machine = getenv("FAKE_MACHINE");
	memset(names, 0, sizeof *names);
	snprintf(names->machine, sizeof names->machine, "%s", machine == NULL ? "aarch64" : machine);
	snprintf(names->release, sizeof names->release, "%s",
	         host_is("full") ? "6.1.0-50-arm64" : "6.12.43-generic");
	snprintf(names->version, sizeof names->version, "%s",
	         host_is("full") ? "#1 SMP Debian 6.1.176-1 (2026-07-01)"
	                         : "#1 SMP PREEMPT \"own\\build\"");
	return 0;
}

static int extension(long capability)
{
	if (host_is("bare"))
		return 0;
	switch (capability) {
	case KVM_CAP_ARM_PSCI_0_2:
	case KVM_CAP_ARM_PMU_V3:
	case KVM_CAP_ARM_EL1_32BIT:
		return 1;
	case KVM_CAP_GUEST_DEBUG_HW_BPS:
		return 6;
	case KVM_CAP_ARM_SVE:
	case KVM_CAP_ARM_PTRAUTH_ADDRESS:
	case KVM_CAP_ARM_PTRAUTH_GENERIC:
	case KVM_CAP_ARM_MTE:
	case KVM_CAP_ARM_EL2:
		return host_is("full");
	case KVM_CAP_ARM_VM_IPA_SIZE:
		return host_is("full") ? 36 : 48;
	case KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES:
		return host_is("full") ? 0 : 1;
	case KVM_CAP_STEAL_TIME:
		return refuse(EINVAL);
	default:
		return 0;
	}
}

static bool is_listed(size_t i)
{
	unsigned feature = registers[i].feature;
	return feature == ALWAYS || (feature == WITH_MTE && vcpu.mte_enabled) ||
	       (feature < ALWAYS && (vcpu.features & 1u << feature));
}

static int list_registers(struct kvm_reg_list *list)
{
	uint64_t found[sizeof registers / sizeof registers[0]];
	uint64_t count = 0;
	if (!vcpu.initialized || (vcpu.features & 1u << KVM_ARM_VCPU_SVE && !vcpu.sve_finalized))
		return refuse(EPERM);
	for (size_t i = 0; i < register_count; i++)
		if (is_listed(i))
			found[count++] = registers[i].id;
	uint64_t room = list->n;
	list->n = count;
	if (room < count)
		return refuse(E2BIG);
	memcpy(list->reg, found, count * sizeof found[0]);
	return 0;
}

static int get_register(const struct kvm_one_reg *request)
{
	for (size_t i = 0; i < register_count; i++)
		if (registers[i].id == request->id && is_listed(i)) {
			if (!registers[i].readable)
				return refuse(EIO);
			size_t size = (size_t)1
			              << ((request->id & KVM_REG_SIZE_MASK) >> KVM_REG_SIZE_SHIFT);
			memcpy((void *)(uintptr_t)request->addr, registers[i].value, size);
			return 0;
		}
	return refuse(ENOENT);
}

/* Only the hardware's own NV may be written, as Linux 6.16 and later have it. */
static int set_register(const struct kvm_one_reg *request)
{
	uint64_t value;
	memcpy(&value, (void *)(uintptr_t)request->addr, sizeof value);
	if (request->id != 0x603000000013c03a)
		return refuse(ENOENT);
	return value == (0x1022 | (uint64_t)HARDWARE_NV << NV_SHIFT) ? 0 : refuse(EINVAL);
}

static int get_masks(const struct reg_mask_range *request)
{
	uint64_t *masks = (uint64_t *)(uintptr_t)request->addr;
	masks[2] = 0xff;                  /* op1 0, CRm 0, op2 2 */
	masks[64 + 8 + 1] = 0xf000000000; /* op1 1, CRm 1, op2 1 */
	masks[3 * 64 - 1] = 1;            /* op1 3, CRm 7, op2 7 */
	return 0;
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	va_start(arguments, request);
	void *argument = va_arg(arguments, void *);
	va_end(arguments);
	(void)fd;

	switch (request) {
	case KVM_GET_API_VERSION:
		return host_is("no-kvm") ? refuse(ENOTTY) : host_is("old-api") ? 11 : KVM_API_VERSION;
	case KVM_CHECK_EXTENSION:
		return extension((long)argument);
	case KVM_CREATE_VM:
		memset(&vcpu, 0, sizeof vcpu);
		if ((uintptr_t)argument != (host_is("full") ? KVM_VM_TYPE_ARM_IPA_SIZE(36ul) : 0))
			return refuse(EINVAL);
		return __real_open("/dev/null", O_RDWR);
	case KVM_ENABLE_CAP:
		vcpu.mte_enabled = ((struct kvm_enable_cap *)argument)->cap == KVM_CAP_ARM_MTE;
		return vcpu.mte_enabled ? 0 : refuse(EINVAL);
	case KVM_CREATE_VCPU:
		return __real_open("/dev/null", O_RDWR);
	case KVM_ARM_PREFERRED_TARGET:
		((struct kvm_vcpu_init *)argument)->target = KVM_ARM_TARGET_GENERIC_V8;
		return 0;
	case KVM_ARM_VCPU_INIT:
		if (host_is("refuses-init"))
			return refuse(EINVAL);
		vcpu.features = ((struct kvm_vcpu_init *)argument)->features[0];
		vcpu.initialized = true;
		return 0;
	case KVM_ARM_VCPU_FINALIZE:
		vcpu.sve_finalized = *(int *)argument == KVM_ARM_VCPU_SVE;
		return vcpu.sve_finalized ? 0 : refuse(EINVAL);
	case KVM_GET_REG_LIST:
		return list_registers(argument);
	case KVM_GET_ONE_REG:
		return get_register(argument);
	case KVM_SET_ONE_REG:
		return set_register(argument);
	case KVM_ARM_GET_REG_WRITABLE_MASKS:
		return get_masks(argument);
	default:
		fprintf(stderr, "fake-kvm: unexpected request 0x%lx\n", request);
		abort();
	}
}
