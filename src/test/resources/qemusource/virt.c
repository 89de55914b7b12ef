/*
 * A board in the manner of QEMU's hw/arm/virt.c, written for migreg's tests.
 *
 * The compat arrays are those that the patch series proposed.
 */

#include "qemu/osdep.h"
#include "hw/arm/virt.h"

#define DEFINE_VIRT_MACHINE_IMPL(latest, ...) \
    static void MACHINE_VER_SYM(class_init, virt, __VA_ARGS__)( \
        ObjectClass *oc, const void *data) \
    { \
        MACHINE_VER_SYM(options, virt, __VA_ARGS__)(MACHINE_CLASS(oc)); \
    }
#define DEFINE_VIRT_MACHINE_AS_LATEST(major, minor) \
    DEFINE_VIRT_MACHINE_IMPL(true, major, minor)
#define DEFINE_VIRT_MACHINE(major, minor) \
    DEFINE_VIRT_MACHINE_IMPL(false, major, minor)

static GlobalProperty arm_virt_compat_defaults[] = {
    { TYPE_VIRTIO_IOMMU_PCI, "aw-bits", "48" },
};

/* Bogus register, listed by QEMU up to 10.2 */
#define DBGDTRTX 0x40200000200e0298

static GlobalProperty arm_virt_compat_10_2[] = {
    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", stringify(DBGDTRTX)},
};
static const size_t arm_virt_compat_10_2_len =
    G_N_ELEMENTS(arm_virt_compat_10_2);

/*
 * virt-10.1 and older run on kernels of several ages.
 */
static GlobalProperty arm_virt_kernel_compat_10_1[] = {
    /* from Linux 6.15 on */
    { TYPE_ARM_CPU, "x-mig-hidden-regs", "0x6030000000160003" },
    { TYPE_ARM_CPU, "x-mig-safe-missing-regs", /* before Linux 6.13 */
      "0x603000000013c103, 0x603000000013c512, "
      "0x603000000013c513" },
    { "virtio-net-pci", "host_uso", "off" }, /* not about registers */
};
static const size_t arm_virt_kernel_compat_10_1_len =
    G_N_ELEMENTS(arm_virt_kernel_compat_10_1);

#if 0
static GlobalProperty unused[] = { { TYPE_ARM_CPU, "x-mig-hidden-regs", "oops" } };
#endif

static void arm_virt_compat_set(MachineClass *mc)
{
    compat_props_add(mc->compat_props, arm_virt_compat_defaults,
                     G_N_ELEMENTS(arm_virt_compat_defaults));
}

static const char quote = '"';

static void virt_machine_11_0_options(MachineClass *mc)
{
}
DEFINE_VIRT_MACHINE_AS_LATEST(11, 0)

static void virt_machine_10_2_options(MachineClass *mc)
{
    virt_machine_11_0_options(mc);
    compat_props_add(mc->compat_props, hw_compat_10_2, hw_compat_10_2_len);
    compat_props_add(mc->compat_props, arm_virt_compat_10_2, arm_virt_compat_10_2_len);
}
DEFINE_VIRT_MACHINE(10, 2)

static void virt_machine_10_1_options(MachineClass *mc)
{
    virt_machine_10_2_options(mc);
    mc->smbios_memory_device_size = 2047 * TiB;
    compat_props_add(mc->compat_props, hw_compat_10_1, hw_compat_10_1_len);
    compat_props_add(mc->compat_props,
                     arm_virt_kernel_compat_10_1, arm_virt_kernel_compat_10_1_len);
}
DEFINE_VIRT_MACHINE(10, 1)

static void virt_machine_10_0_options(MachineClass *mc)
{
    VirtMachineClass *vmc = VIRT_MACHINE_CLASS(OBJECT_CLASS(mc));

    virt_machine_10_1_options(mc);
    if (vmc->no_ged) {
        vmc->no_ged = false;
    }
}
DEFINE_VIRT_MACHINE(10, 0)
