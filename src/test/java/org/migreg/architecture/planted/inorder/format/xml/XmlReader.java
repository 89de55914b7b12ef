package org.migreg.architecture.planted.inorder.format.xml;

import org.migreg.architecture.planted.inorder.format.reading.CaptureFormat;

public interface XmlReader extends CaptureFormat {}
