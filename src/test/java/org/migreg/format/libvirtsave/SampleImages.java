package org.migreg.format.libvirtsave;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.migreg.format.migrationstream.MigrationStreamReader;

/** The images in {@code src/test/resources/libvirt}, and a reader wired as the service does. */
final class SampleImages {

    /** The header's size and the length of the XML with its room, the same in every sample. */
    static final int STREAM_AT = 92 + 66_458;

    private SampleImages() {}

    static byte[] bytes(String form) {
        String name = "/libvirt/" + form + ".save.gz";
        try (InputStream packed = Objects.requireNonNull(SampleImages.class.getResourceAsStream(name), name);
                GZIPInputStream input = new GZIPInputStream(packed)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LibvirtSaveReader reader() {
        return new LibvirtSaveReader(new MigrationStreamReader());
    }
}
