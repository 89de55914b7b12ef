# Checks of one boot's documents. Each yields {name, problem}: problem is null if it holds.
# Arguments: $all, $again, $psci, $labels (what the collector printed), $references (captures of
# this kernel and machine, with their file names), $release, $exact (the emulated host is the
# references' own, so that values must agree), $nv (the hardware's ID_AA64MMFR2_EL1.NV, or null).

# Counters that run while the vCPU is there: KVM_REG_ARM_TIMER_CNT and KVM_REG_ARM_PTIMER_CNT.
def counters: ["0x603000000013df1a", "0x603000000013df01"];
def without_counters:
    .registers |= map(if .[0] as $id | counters | any(. == $id) then [.[0], "counter"] else . end);

def size_digit: {"0": 2, "1": 4, "2": 8, "3": 16, "4": 32, "5": 64, "6": 128, "7": 256, "8": 512};
# How many hexadecimal digits the value of register . may have, by the size in its id.
def max_digits: size_digit[.[4:5]];

def check(name; holds; problem): {name: name, problem: (if holds then null else (problem | tostring) end)};

def well_formed:
    . as $doc | "\(.vcpuFeatureSet): " as $at
    | check($at + "release"; .kernelRelease == $release; .kernelRelease),
      check($at + "midr"; .midr | test("^0x[0-9a-f]{16}$"); .midr),
      check($at + "at least 200 registers"; .registers | length >= 200; .registers | length),
      check($at + "no register twice";
            .registers | map(.[0]) | length == (unique | length); "duplicates"),
      (.registers | map(select((length != 2)
            or (.[0] | test("^0x60[2-8]0[0-9a-f]{12}$") | not)
            or (.[1] | type != "string" or (test("^0x(0|[1-9a-f][0-9a-f]*)$") | not))
            or (.[0] as $id | .[1] | length - 2 > ($id | max_digits)))) as $bad
        | check($at + "ids and values are well formed"; $bad == []; $bad)),
      (.writableMasks // [] | map(.[0])) as $masked
        | check($at + "masks ascend"; $masked == ($masked | unique); $masked),
      check($at + "masks of feature ID registers, not 0";
            $doc.writableMasks // [] | all(.[0] | test("^0x603000000013(c0|c8|d8)[0-3][0-9a-f]$"))
            and all(.[1] | test("^0x[0-9a-f]{16}$") and . != "0x0000000000000000");
            $doc.writableMasks),
      check($at + "masks where the kernel has them";
            ($doc.kvmCapabilities.KVM_CAP_ARM_SUPPORTED_REG_MASK_RANGES > 0)
                == ($doc | has("writableMasks")); "kvmCapabilities and writableMasks disagree"),
      check($at + "hardware NV"; $nv == null or .hardwareNv == $nv; .hardwareNv);

def differences($reference):
    . as $mine
    | check("\($reference.file): fields";
        [$mine, $reference.document | del(.registers, .writableMasks, .source, .kvmCapabilities, .hardwareNv)]
            | .[0] == .[1];
        [$mine, $reference.document | del(.registers, .writableMasks)]),
      check("\($reference.file): source";
        $reference.document.source | startswith($mine.source); $mine.source),
      check("\($reference.file): same registers in the same order";
        ($mine.registers | map(.[0])) == ($reference.document.registers | map(.[0]));
        {more: (($mine.registers | map(.[0])) - ($reference.document.registers | map(.[0]))),
         fewer: (($reference.document.registers | map(.[0])) - ($mine.registers | map(.[0])))}),
      check("\($reference.file): same values";
        ($mine | without_counters | .registers)
            == ($reference.document | without_counters | .registers);
        ($mine | without_counters | .registers) - ($reference.document | without_counters | .registers)),
      (if $reference.document | has("writableMasks") then
        check("\($reference.file): same masks";
            $mine.writableMasks == $reference.document.writableMasks; $mine.writableMasks)
       else empty end);

($all | map({key: .vcpuFeatureSet, value: .}) | from_entries) as $by_set
| check("three feature sets or more, none twice";
        ($all | length >= 3) and ($by_set | length == ($all | length)); $all | map(.vcpuFeatureSet)),
  ($all[] | well_formed),
  check("all feature sets have the same masks"; $all | map(.writableMasks) | unique | length == 1; "they differ"),
  check("a second run agrees but for the counters";
        ($again | map(without_counters)) == ($all | map(without_counters)); "they differ"),
  check("one feature set is what the array has";
        ($psci | without_counters) == ($by_set.psci | without_counters); $psci.vcpuFeatureSet),
  check("labels are taken"; [$labels.cpuModel, $labels.package] == ["a \"model\"", "kernel-core-6.12"];
        [$labels.cpuModel, $labels.package]),
  (if $exact then
    $references[] as $reference
    | $reference.document.vcpuFeatureSet as $set
    | if $by_set | has($set) then $by_set[$set] | differences($reference)
      else check($reference.file; false; "no document for \($set)") end
   else empty end)
