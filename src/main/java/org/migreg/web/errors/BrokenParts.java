package org.migreg.web.errors;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.MultipartStream;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.IOFileUploadException;
import org.apache.tomcat.util.http.fileupload.impl.InvalidContentTypeException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.problem.ProblemType;
import org.migreg.web.limits.Refusals;
import org.migreg.web.limits.RefusedRequestException;
import org.springframework.web.multipart.MultipartException;

/** What is wrong with a body of parts that cannot be read. */
public final class BrokenParts {

    private BrokenParts() {}

    /** Why it is not taken; null where it is not the body that is wrong. */
    public static @Nullable RefusedRequestException refusal(MultipartException problem, HttpServletRequest request) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SizeException tooMuch -> {
                    return new RefusedRequestException(
                            ProblemType.BODY_TOO_LARGE,
                            "the headers of the parts, or the fields beside the files, are too large: "
                                    + tooMuch.getMessage());
                }
                case FileCountLimitExceededException tooMany -> {
                    return new RefusedRequestException(
                            ProblemType.BODY_TOO_LARGE,
                            "the body has more than " + tooMany.getLimit()
                                    + " parts: send the files in several requests");
                }
                case InvalidContentTypeException unknown -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the Content-Type of a body of parts is multipart/form-data; boundary=TEXT, and not "
                                    + request.getContentType());
                }
                case InvalidFileNameException unusable -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the name of a file has a character that no name has: " + unusable.getName());
                }
                case IOFileUploadException failed -> {
                    // Of the disk, or of the connection, which is asked below.
                }
                case FileUploadException malformed -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the body's parts cannot be told apart: " + malformed.getMessage());
                }
                case MultipartStream.MalformedStreamException malformed -> {
                    return new RefusedRequestException(
                            ProblemType.MALFORMED_REQUEST,
                            "the body's parts cannot be told apart: " + malformed.getMessage());
                }
                default -> {}
            }
        }
        return Refusals.of(request);
    }
}
