package org.migreg.format.qemulog;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the bytes: a reading. */
class QemuLogFuzzTests {

    @FuzzTest(maxDuration = "3m")
    void noInputBreaksTheReader(byte[] content) {
        LogReading reading = QemuLogReader.read(content);
        if (reading.behaviours().isEmpty()) {
            throw new AssertionError("a reading allows one behaviour at least");
        }
    }
}
