package org.migreg.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for H2 that can be full: files below a directory then keep what they have and can be overwritten, but none of
 * them grows, as on a file system without free blocks.
 */
public final class FullDisk {

    private static final String SCHEME = "fulldisk";
    private static final Set<String> FULL = ConcurrentHashMap.newKeySet();

    private final String directory;

    public FullDisk(Path directory) {
        FilePath.register(new Files());
        this.directory = directory.toString();
    }

    /** What the service is started with to keep its data on this disk; else as by default. */
    public String setting() {
        return "--spring.datasource.url=jdbc:h2:" + SCHEME + ":" + directory
                + "/migreg;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                + "DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=500;RETENTION_TIME=4000;DB_CLOSE_ON_EXIT=FALSE";
    }

    public void fill() {
        FULL.add(directory);
    }

    public void makeRoom() {
        FULL.remove(directory);
    }

    /** The files of all such disks, by the scheme in their names. */
    public static final class Files extends FilePathWrapper {

        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new Content(super.open(mode), getBase().toString());
        }
    }

    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // What it hands on to is synchronized itself.
    private static final class Content extends FileBase {

        private final FileChannel file;
        private final String path;

        Content(FileChannel file, String path) {
            this.file = file;
            this.path = path;
        }

        private void requireRoom(long end) throws IOException {
            if (end > file.size() && FULL.stream().anyMatch(path::startsWith)) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            requireRoom(file.position() + bytes.remaining());
            return file.write(bytes);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            requireRoom(position + bytes.remaining());
            return file.write(bytes, position);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }
    }
}
