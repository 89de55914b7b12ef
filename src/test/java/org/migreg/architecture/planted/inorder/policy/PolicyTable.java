package org.migreg.architecture.planted.inorder.policy;

import java.util.List;
import org.migreg.architecture.planted.inorder.hostkernel.KernelRange;

public record PolicyTable(List<KernelRange> ranges) {}
