package org.migreg.architecture.planted.inorder.format;

import org.migreg.architecture.planted.inorder.format.reading.CaptureFormat;
import org.migreg.architecture.planted.inorder.format.xml.XmlReader;

interface CaptureFormats {
    CaptureFormat first(XmlReader reader);
}
