package org.migreg.architecture.planted.inorder.format.reading;

public interface CaptureFormat {}
